package org.hearthnet.node.sim.economy.strategy;

import java.util.SplittableRandom;
import org.hearthnet.node.sim.economy.Conduct;

/**
 * An honest node on a card that flips bits. With the self-check it computes its samples again before it commits, and a receipt that
 * somebody differs from once more: then it confesses instead of insisting.
 */
public final class BitFlips implements Conduct {
    /** Tokens of a receipt, in the report's market. */
    public static final int TOKENS = 1000;

    /** Wrong receipts that the check before committing finds, thousandths. */
    private static final int FOUND = 900;

    private final double rate;
    private final boolean selfCheck;

    /**
     * @param rate flips that change a committed byte, a token
     * @param selfCheck whether it re-checks its own work
     */
    public BitFlips(double rate, boolean selfCheck) {
        this.rate = rate;
        this.selfCheck = selfCheck;
    }

    @Override
    public Work work(Situation situation, SplittableRandom dice) {
        double wrong = -Math.expm1(TOKENS * Math.log1p(-rate));
        boolean flipped = dice.nextDouble() < wrong;
        return flipped && !(selfCheck && dice.nextInt(FULL) < FOUND) ? new Work(false, FULL) : Work.HONEST;
    }

    @Override
    public Plea plea() {
        return selfCheck ? Plea.CONFESS : Plea.DEFEND;
    }

    @Override
    public String toString() {
        return rate + " flips a token, self-check " + (selfCheck ? "on" : "off");
    }
}
