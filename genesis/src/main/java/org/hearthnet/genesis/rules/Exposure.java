package org.hearthnet.genesis.rules;

import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.Parameters;

/** What an executor may gain with one receipt, held against what it would really lose. */
public final class Exposure {
    /** What is at stake times the audit rate covers the largest fee this many times. */
    public static final int MARGIN = 3;

    private Exposure() {}

    /**
     * What a convicted executor cannot get around. A verifier is bought with a little more than the finder's share that it
     * gives up, which saves the rest of the bond; and who sees a conviction coming may let a friend report it first for two
     * contradicting signatures, which brings back {@link Penalty#reportShare}. The cheaper way out counts.
     */
    public static Amount atStake(Parameters parameters, Amount bond) {
        int kept = Math.min(parameters.finderShare(), AuditRate.FULL - Penalty.reportShare(parameters));
        return bond.fraction(kept, AuditRate.FULL);
    }

    /**
     * The largest fee of one receipt: {@code q * atStake / 3}, rounded down.
     *
     * @param bond the executor's
     * @param rate audit rate q, thousandths
     */
    public static Amount largestFee(Parameters parameters, Amount bond, int rate) {
        return atStake(parameters, bond).fraction(rate, (long) MARGIN * AuditRate.FULL);
    }
}
