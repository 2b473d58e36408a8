package org.hearthnet.genesis.rules;

import java.math.BigInteger;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.Parameters;

/**
 * How often an account is drawn as verifier. Equal weights would let anybody buy a majority with new keys, each for the price of
 * one transaction; so weight is what was earned by checking, or put up as a bond, and a new key has almost none.
 */
public final class VerifierWeight {
    /** Everybody has this much, or nobody could begin. */
    public static final long NEWCOMER = 1;

    /** Weights have 33 bits at most, holders of a model 12: so a sum of raised weights fits into 63. */
    private static final int FACTOR_BITS = 18;

    private VerifierWeight() {}

    /**
     * The weight: 1; for every agreed duty 1, up to the bar of graduation; for a whole minimum bond once more as much as that bar,
     * however large the bond is, so that no single account stands out. A banned key has none.
     */
    public static long of(Parameters parameters, Amount bond, int reputation, boolean banned) {
        if (banned) {
            return 0;
        }
        long bar = parameters.graduationReputation();
        long bonded = bond.compareTo(parameters.minimumBond()) >= 0 ? bar : 0;
        return NEWCOMER + Math.min(reputation, bar) + bonded;
    }

    /**
     * The weights by which one draw is made: newcomers, who earn trust by checking and by nothing else, have at least a third of
     * them together, but none of them more than a bonded verifier has. A third is what the bounds allow one hand, so new keys
     * without end gain no more by it.
     *
     * @param weights {@link #of} each candidate
     * @param bonded whether it has a whole minimum bond
     * @return weights in the same proportion among the bonded, and among the others
     */
    public static long[] drawn(long[] weights, boolean[] bonded) {
        long veterans = 0;
        long newcomers = 0;
        long largestVeteran = 0;
        long largestNewcomer = 0;
        for (int i = 0; i < weights.length; i++) {
            if (bonded[i]) {
                veterans = Math.addExact(veterans, weights[i]);
                largestVeteran = Math.max(largestVeteran, weights[i]);
            } else {
                newcomers = Math.addExact(newcomers, weights[i]);
                largestNewcomer = Math.max(largestNewcomer, weights[i]);
            }
        }
        if (newcomers == 0 || newcomers >= veterans - newcomers) {
            return weights.clone();
        }
        // A newcomer's weight counts raised, a veteran's kept: together half as much as all veterans, if that makes
        // none larger.
        boolean tooLarge = product(veterans, largestNewcomer).compareTo(product(2 * newcomers, largestVeteran)) > 0;
        long raised = tooLarge ? largestVeteran : veterans;
        long kept = tooLarge ? largestNewcomer : 2 * newcomers;
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(Math.max(raised, kept)) - FACTOR_BITS);
        long[] out = new long[weights.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.multiplyExact(weights[i], Math.max(1, (bonded[i] ? kept : raised) >> shift));
        }
        return out;
    }

    private static BigInteger product(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }
}
