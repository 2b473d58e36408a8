package org.hearthnet.node.sim.economy.strategy;

import java.util.SplittableRandom;
import org.hearthnet.node.sim.economy.Conduct;

/** Accuses right receipts of being wrong, for the finder's share or to do harm. */
public final class FalseAccuser implements Conduct {
    private final int often;

    /** @param often how often, thousandths */
    public FalseAccuser(int often) {
        this.often = often;
    }

    @Override
    public Finding check(boolean right, boolean friend, SplittableRandom dice) {
        return dice.nextInt(FULL) < often ? Finding.DIFFER : Conduct.super.check(right, friend, dice);
    }

    @Override
    public String toString() {
        return "accuses " + often + " of 1000";
    }
}
