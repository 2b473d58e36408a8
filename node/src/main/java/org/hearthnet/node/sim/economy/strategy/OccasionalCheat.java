package org.hearthnet.node.sim.economy.strategy;

/** Makes up a result now and then. */
public final class OccasionalCheat extends Cheat {
    /** @param often how often, thousandths */
    public OccasionalCheat(int often, Plea plea) {
        super(often, FULL, plea);
    }
}
