package org.hearthnet.node.sim.economy.strategy;

/** Cheats and buys every stranger that is drawn for it, at the price of what the stranger gives up; all accept. */
public final class BribedVerifier extends Cheat {
    /** @param often how often it cheats, thousandths */
    public BribedVerifier(int often) {
        super(often, FULL, Plea.DEFEND);
    }

    @Override
    public boolean bribes() {
        return true;
    }

    @Override
    public String toString() {
        return "cheats " + often + " of 1000, buys the verifier";
    }
}
