package org.hearthnet.node.sim.economy.strategy;

import java.util.SplittableRandom;
import org.hearthnet.node.sim.economy.Conduct;

/**
 * What all executors that deliver wrong results have in common: friends among verifiers and in the committee help them where they have
 * any, so that the surfaces over shares show each at its best.
 */
abstract class Cheat implements Conduct {
    /** How often it cheats, thousandths. */
    final int often;

    /** What it saves of the cost, thousandths. */
    final int saves;

    private final Plea plea;

    Cheat(int often, int saves, Plea plea) {
        this.often = often;
        this.saves = saves;
        this.plea = plea;
    }

    @Override
    public Work work(Situation situation, SplittableRandom dice) {
        return dice.nextInt(FULL) < often ? new Work(false, FULL - saves) : Work.HONEST;
    }

    @Override
    public Plea plea() {
        return plea;
    }

    @Override
    public Finding check(boolean right, boolean friend, SplittableRandom dice) {
        // A friend's right receipts are computed again like a stranger's: what copying saves is a strategy of its own.
        return friend && !right ? Finding.COPY : Conduct.super.check(right, friend, dice);
    }

    @Override
    public boolean rerolls() {
        return true;
    }

    @Override
    public String toString() {
        return "cheats " + often + " of 1000, saves " + saves + ", then " + plea;
    }
}
