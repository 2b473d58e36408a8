package org.hearthnet.genesis.rules;

import org.hearthnet.genesis.primitive.Amount;

/** What an executor may gain with one receipt, held against what it would lose. */
public final class Exposure {
    /** The bond times the audit rate covers the largest fee this many times. */
    public static final int MARGIN = 3;

    private Exposure() {}

    /** The largest fee of one receipt for {@code bond} at {@code rate} thousandths: {@code q * S / 3}, rounded down. */
    public static Amount largestFee(Amount bond, int rate) {
        return bond.fraction(rate, (long) MARGIN * AuditRate.FULL);
    }
}
