package org.hearthnet.node.sim.economy.strategy;

/** Executor and verifiers of one hand: friends agree with whatever it delivers, also as a second opinion. */
public final class Colluders extends Cheat {
    /** @param often how often it cheats, thousandths */
    public Colluders(int often, Plea plea) {
        super(often, FULL, plea);
    }
}
