package org.hearthnet.node.service.plan;

import org.hearthnet.genesis.spec.Parameters;

/**
 * How a verifier spends the blocks of a duty.
 *
 * @param giveUpBlocks blocks before the deadline in which a verifier that got nothing says so: enough for its transaction to
 *     be included
 * @param retryBlocks blocks between two attempts
 */
public record DutyLimits(int giveUpBlocks, int retryBlocks) {
    /** Checks the ranges. */
    public DutyLimits {
        if (giveUpBlocks < 1 || retryBlocks < 1) {
            throw new IllegalArgumentException("at least one block");
        }
    }

    /** What suits a network: a quarter of the time is for giving up, and there are some sixteen attempts in all. */
    public static DutyLimits of(Parameters parameters) {
        return new DutyLimits(Math.max(2, parameters.dutyBlocks() / 4), Math.max(1, parameters.dutyBlocks() / 16));
    }
}
