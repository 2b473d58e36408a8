package org.hearthnet.genesis.rules;

import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.Parameters;

/** Prices of faults. */
public final class Penalty {
    /**
     * An executor that hides loses this many fees over the audit rate, on top of the fee itself. Three would do against somebody who
     * hides from everybody; but it may hide from two verifiers in turn and hope that the third is a friend.
     */
    public static final int SILENCE_FACTOR = 5;

    /** A report of contradicting signatures costs no work, so it earns one in this many parts of the finder's share. */
    public static final int REPORT_DIVISOR = 10;

    /** Convictions of one epoch below which a slash is never held back: a small network would exceed any share. */
    public static final int REVIEW_MINIMUM = 4;

    /** Bonded weight over this is the share of an epoch's convictions above which slashes wait: 2 %. */
    public static final int REVIEW_DIVISOR = 50;

    private Penalty() {}

    /**
     * What silence or a confession costs beyond the receipt's fee: {@code 5 * fee / rate}. Hiding a wrong receipt then
     * costs more than it can have gained, while an outage does not cost the bond.
     */
    public static Amount silence(Amount fee, int rate) {
        return fee.times(SILENCE_FACTOR).fraction(AuditRate.FULL, rate);
    }

    /**
     * Thousandths of a bond for who reports two contradicting signatures: with the finder's whole share somebody who is about to be
     * convicted for a wrong receipt would let a friend report it first, and keep that share.
     */
    public static int reportShare(Parameters parameters) {
        return parameters.finderShare() / REPORT_DIVISOR;
    }

    /**
     * How a slashed bond is divided. Parts sum to the bond.
     *
     * @param refund to the client, first
     * @param finder to who found the error
     * @param burned the rest
     */
    public record Slash(Amount refund, Amount finder, Amount burned) {}

    /**
     * Divides {@code bond}: up to {@code owed} to the client, a share of the rest to the finder, the remainder burned.
     *
     * @param share the finder's, thousandths: {@link Parameters#finderShare} or {@link #reportShare}
     */
    public static Slash slash(Amount bond, Amount owed, int share) {
        Amount refund = owed.min(bond);
        Amount rest = bond.minus(refund);
        Amount finder = rest.fraction(share, AuditRate.FULL);
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
