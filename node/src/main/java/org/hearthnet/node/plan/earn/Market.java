package org.hearthnet.node.plan.earn;

import static org.hearthnet.node.plan.PlanException.notNegative;
import static org.hearthnet.node.plan.PlanException.require;

/**
 * Recent prices and load.
 *
 * @param sparksPerLayerToken what was paid on average
 * @param layerTokensPerDay that were paid for, of all executors together
 * @param executors who share the load, without this machine
 * @param executorShare of a fee that stays with the executor, between 0 and 1
 */
public record Market(double sparksPerLayerToken, double layerTokensPerDay, int executors, double executorShare) {
    private static final double MILLIS_A_DAY = 24 * 3600 * 1e3;

    /** Checks the ranges. */
    public Market {
        notNegative(sparksPerLayerToken, "the price");
        notNegative(layerTokensPerDay, "the load");
        require(executors >= 0, "a number of executors cannot be negative");
        require(executorShare >= 0 && executorShare <= 1, "a share is between 0 and 1");
    }

    /**
     * From what was claimed in a time.
     *
     * @param feeSparks all fees
     * @param layerTokens that they paid for, at least 1
     * @param millis of how long
     */
    public static Market of(long feeSparks, long layerTokens, long millis, int executors, double executorShare) {
        require(layerTokens > 0, "nothing was paid for: there is no price");
        require(millis > 0, "no time has passed: there is no load");
        return new Market(
                (double) feeSparks / layerTokens, layerTokens * MILLIS_A_DAY / millis, executors, executorShare);
    }
}
