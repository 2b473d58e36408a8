package org.hearthnet.node.sim.economy.strategy;

import java.util.SplittableRandom;
import org.hearthnet.node.sim.economy.Conduct;

/** An honest node on a bad line: whole epochs in which it neither serves nor answers. */
public final class FlakyLine implements Conduct {
    private final int away;

    /** @param away epochs without a line, thousandths */
    public FlakyLine(int away) {
        this.away = away;
    }

    @Override
    public boolean isOnline(SplittableRandom dice) {
        return dice.nextInt(FULL) >= away;
    }

    @Override
    public String toString() {
        return "away " + away + " of 1000 epochs";
    }
}
