package org.hearthnet.genesis.rules;

import org.hearthnet.genesis.spec.Parameters;

/**
 * Trial duties re-check receipts whose case is closed. They let newcomers begin where real duties are rare, count for entry only
 * and pay nothing; quotas keep them from being the cheap way in and from loading executors.
 */
public final class TrialDuties {
    /** Trials of one newcomer an epoch. */
    public static final int PER_NEWCOMER = 2;

    /** An executor serves at most one trial for this many receipts of its own that were checked for real. */
    public static final int DUTIES_PER_TRIAL = 4;

    private TrialDuties() {}

    /** Whether a newcomer that had {@code already} trials in this epoch may have another. */
    public static boolean mayHaveAnother(int already) {
        return already < PER_NEWCOMER;
    }

    /** How many trials an executor has to serve for {@code checked} receipts that were checked in the epoch. */
    public static int owedBy(int checked) {
        return checked / DUTIES_PER_TRIAL;
    }

    /**
     * What {@code agreed} duties and {@code trials} agreed trials count towards graduation: trials at most for half of the bar.
     */
    public static int towardsEntry(Parameters parameters, int agreed, int trials, int convictions) {
        int bar = Reputation.bar(parameters, convictions);
        return (int) Math.min(Integer.MAX_VALUE, (long) agreed + Math.min(trials, bar / 2));
    }
}
