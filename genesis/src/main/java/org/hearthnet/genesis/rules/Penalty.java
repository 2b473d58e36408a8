package org.hearthnet.genesis.rules;

import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.Parameters;

/** Prices of faults. */
public final class Penalty {
    /** An executor that hides loses this many fees over the audit rate, on top of the fee itself. */
    public static final int SILENCE_FACTOR = 3;

    /** Convictions of one epoch below which a slash is never held back: a small network would exceed any share. */
    public static final int REVIEW_MINIMUM = 4;

    /** Bonded weight over this is the share of an epoch's convictions above which slashes wait: 2 %. */
    public static final int REVIEW_DIVISOR = 50;

    private Penalty() {}

    /**
     * What silence or a confession costs beyond the receipt's fee: {@code 3 * fee / rate}. Hiding a wrong receipt then
     * costs more than it can have gained, while an outage does not cost the bond.
     */
    public static Amount silence(Amount fee, int rate) {
        return fee.times(SILENCE_FACTOR).fraction(AuditRate.FULL, rate);
    }

    /**
     * How a slashed bond is divided. Parts sum to the bond.
     *
     * @param refund to the client, first
     * @param finder to who found the error
     * @param burned the rest
     */
    public record Slash(Amount refund, Amount finder, Amount burned) {}

    /** Divides {@code bond}: up to {@code owed} to the client, the finder's share of the rest, the remainder burned. */
    public static Slash slash(Parameters parameters, Amount bond, Amount owed) {
        Amount refund = owed.min(bond);
        Amount rest = bond.minus(refund);
        Amount finder = rest.fraction(parameters.finderShare(), 1000);
        return new Slash(refund, finder, rest.minus(finder));
    }

    /**
     * Whether an epoch's slashes wait for review: so many at once look like a bad driver or a bug rather than cheating.
     *
     * @param convictions convictions of the epoch
     * @param frozen bonds they froze
     * @param bonded bonded weight before the first of them
     */
    public static boolean waitsForReview(int convictions, Amount frozen, Amount bonded) {
        return convictions >= REVIEW_MINIMUM && frozen.compareTo(bonded.fraction(1, REVIEW_DIVISOR)) > 0;
    }
}
