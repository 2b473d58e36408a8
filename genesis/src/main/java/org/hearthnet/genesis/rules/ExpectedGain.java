package org.hearthnet.genesis.rules;

import java.math.BigInteger;
import org.hearthnet.genesis.primitive.Amount;

/**
 * What cheating brings on average. All receipts must escape, as unvested fees are forfeited together: n wrong receipts gain
 * {@code n g (1-p)^n - S (1 - (1-p)^n)}. By Bernoulli's inequality that is negative for every n if it is for one, that is
 * if {@code S > g (1-p) / p}.
 */
public final class ExpectedGain {
    private static final BigInteger ONE = BigInteger.valueOf(Chance.ONE);

    private ExpectedGain() {}

    /**
     * Expected gain of {@code receipts} wrong receipts in sparks, rounded up (in the cheat's favour); negative for a loss.
     *
     * @param gain g, of one receipt
     * @param atStake S, see {@link Exposure#atStake}
     * @param chance p that one is found, billionths
     * @param receipts n, from 0
     * @throws ArithmeticException if the result does not fit
     */
    public static long ofCheating(Amount gain, Amount atStake, long chance, long receipts) {
        BigInteger escape = BigInteger.valueOf(Chance.everyTimeUp(Chance.not(chance), receipts));
        BigInteger won = BigInteger.valueOf(gain.sparks())
                .multiply(BigInteger.valueOf(receipts))
                .multiply(escape);
        BigInteger lost = BigInteger.valueOf(atStake.sparks()).multiply(ONE.subtract(escape));
        BigInteger[] parts = won.subtract(lost).divideAndRemainder(ONE);
        return parts[0].add(parts[1].signum() > 0 ? BigInteger.ONE : BigInteger.ZERO)
                .longValueExact();
    }

    /** Whether cheating loses for every number of receipts: {@code S p > g (1-p)}. */
    public static boolean isLoss(Amount gain, Amount atStake, long chance) {
        BigInteger lost = BigInteger.valueOf(atStake.sparks()).multiply(BigInteger.valueOf(chance));
        BigInteger won = BigInteger.valueOf(gain.sparks()).multiply(BigInteger.valueOf(Chance.not(chance)));
        return lost.compareTo(won) > 0;
    }
}
