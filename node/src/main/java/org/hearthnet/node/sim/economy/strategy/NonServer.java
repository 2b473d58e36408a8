package org.hearthnet.node.sim.economy.strategy;

/** Cheats, and hides from strangers that are drawn for a wrong receipt: serves its friends only. */
public final class NonServer extends Cheat {
    /** @param often how often it cheats, thousandths */
    public NonServer(int often) {
        super(often, FULL, Plea.CONFESS);
    }

    @Override
    public boolean serves(boolean right, boolean friend) {
        return right || friend;
    }

    @Override
    public String toString() {
        return "cheats " + often + " of 1000, serves friends only";
    }
}
