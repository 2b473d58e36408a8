package org.hearthnet.node.sim.economy.strategy;

/** Runs a smaller model than the one that was paid for, always. */
public final class SmallerModel extends Cheat {
    /** @param saves what the smaller one saves, thousandths */
    public SmallerModel(int saves, Plea plea) {
        super(FULL, saves, plea);
    }
}
