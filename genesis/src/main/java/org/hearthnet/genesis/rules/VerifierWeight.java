package org.hearthnet.genesis.rules;

import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.Parameters;

/**
 * How often an account is drawn as verifier. Equal weights would let anybody buy a majority with new keys, each for the price of
 * one transaction; so weight is what was earned by checking, or put up as a bond, and a new key has almost none.
 */
public final class VerifierWeight {
    /** Everybody has this much, or nobody could begin. */
    public static final long NEWCOMER = 1;

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
}
