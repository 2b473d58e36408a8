package org.hearthnet.node.plan.earn;

import java.util.OptionalDouble;
import org.hearthnet.node.plan.Economics;

/**
 * What a machine would earn and pay.
 *
 * @param busyShare of the time in which there is work for it
 * @param sparksPerDay expected
 * @param sparksPerDayIfBusy if there were work all the time
 * @param electricityUsdPerDay expected
 * @param breakEvenUsdPerMillionTokens what a million tokens through the whole model must bring, of which this machine runs its
 *     layers, so that a busy machine pays its electricity
 * @param breakEvenUsdPerMillionTokensWithPrice the same with the machine's price spread over its years
 */
public record Earnings(
        double busyShare,
        double sparksPerDay,
        double sparksPerDayIfBusy,
        double electricityUsdPerDay,
        double breakEvenUsdPerMillionTokens,
        double breakEvenUsdPerMillionTokensWithPrice) {
    private static final double SECONDS_A_DAY = 24 * 3600;
    private static final double HOURS_A_DAY = 24;
    private static final double MILLION = 1e6;
    private static final double SPARKS_A_CREDIT = 1e6;

    /** What a credit must be worth so that the expected ones pay the expected electricity; nothing if none are expected. */
    public OptionalDouble usdPerCredit() {
        return sparksPerDay > 0
                ? OptionalDouble.of(electricityUsdPerDay / sparksPerDay * SPARKS_A_CREDIT)
                : OptionalDouble.empty();
    }

    /** What the machine draws and costs. */
    public record Cost(double usd, double busyWatts, double idleWatts) {}

    /**
     * Computes them. The load is taken to be shared evenly among those who served it and this machine, which gets at most what
     * it can do.
     *
     * @param modelLayers of the whole model
     * @param serving whether this machine is among the market's executors already
     */
    public static Earnings of(
            Market market, Machine machine, int modelLayers, boolean serving, Cost cost, Economics economics) {
        double capacity = machine.layerTokensPerSecond() * SECONDS_A_DAY;
        int sharing = Math.max(1, market.executors() + (serving ? 0 : 1));
        double load = Math.min(capacity, market.layerTokensPerDay() / sharing);
        double busy = load / capacity;
        double sparks = market.sparksPerLayerToken() * market.executorShare();
        double watts = cost.idleWatts() + busy * (cost.busyWatts() - cost.idleWatts());
        double power = economics.hour(0, watts, 0).power() * HOURS_A_DAY;
        Economics.Hour busyHour = economics.hour(cost.usd(), cost.busyWatts(), 0);
        double tokensPerHour = machine.layerTokensPerSecond() / modelLayers * SECONDS_A_DAY / HOURS_A_DAY;
        return new Earnings(
                busy,
                load * sparks,
                capacity * sparks,
                power,
                busyHour.power() / tokensPerHour * MILLION,
                busyHour.total() / tokensPerHour * MILLION);
    }
}
