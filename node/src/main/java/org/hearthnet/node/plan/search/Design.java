package org.hearthnet.node.plan.search;

import org.hearthnet.node.plan.Economics;
import org.hearthnet.node.plan.Estimate;
import org.hearthnet.node.plan.Workload;

/**
 * An answer.
 *
 * @param split the cards
 * @param work what they are asked
 * @param estimate what they do
 * @param hour what they cost an hour
 */
public record Design(Split split, Workload work, Estimate estimate, Economics.Hour hour) {
    private static final double MILLION = 1e6;

    /** What a million tokens cost if the design is always busy. */
    public double usdPerMillionTokens() {
        return MILLION / Economics.tokensPerUsd(estimate.tokensPerSecond(), hour);
    }

    /** Between two tokens of a prompt. */
    public double secondsPerToken() {
        return estimate.secondsPerToken();
    }

    /** Whether it is better than {@code other} in cost or latency and not worse in the other. */
    public boolean dominates(Design other) {
        boolean notWorse =
                usdPerMillionTokens() <= other.usdPerMillionTokens() && secondsPerToken() <= other.secondsPerToken();
        return notWorse
                && (usdPerMillionTokens() < other.usdPerMillionTokens() || secondsPerToken() < other.secondsPerToken());
    }
}
