package org.hearthnet.node.sim.economy.strategy;

import java.util.SplittableRandom;

/** Is honest until its record is long and its rate low, cheats in its last epochs and leaves. */
public final class LateCheat extends Cheat {
    private final int last;

    /** @param last epochs before the end in which it cheats */
    public LateCheat(int last, Plea plea) {
        super(FULL, FULL, plea);
        this.last = last;
    }

    @Override
    public Work work(Situation situation, SplittableRandom dice) {
        return situation.epoch() >= situation.epochs() - last ? super.work(situation, dice) : Work.HONEST;
    }

    @Override
    public String toString() {
        return "in its last " + last + " epochs " + super.toString();
    }
}
