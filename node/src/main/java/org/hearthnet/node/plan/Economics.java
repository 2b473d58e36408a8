package org.hearthnet.node.plan;

import static org.hearthnet.node.plan.PlanException.notNegative;
import static org.hearthnet.node.plan.PlanException.positive;

/**
 * What equipment costs an hour.
 *
 * @param years over which its price is spread
 * @param usdPerKilowattHour of electricity
 */
public record Economics(double years, double usdPerKilowattHour) {
    /** A year of 365 days. */
    public static final double HOURS_A_YEAR = 365 * 24;

    /** Cabinets are let by the month. */
    public static final double HOURS_A_MONTH = HOURS_A_YEAR / 12;

    private static final double SECONDS_AN_HOUR = 3600;

    /** Checks the numbers. */
    public Economics {
        positive(years, "the years of use");
        notNegative(usdPerKilowattHour, "the price of electricity");
    }

    /**
     * Dollars for an hour, by what they are for.
     *
     * @param equipment the price, spread over its years
     * @param power electricity
     * @param hosting room and cooling
     */
    public record Hour(double equipment, double power, double hosting) {
        /** All of it. */
        public double total() {
            return equipment + power + hosting;
        }
    }

    /** Of equipment worth {@code usd} that draws {@code watts}. */
    public Hour hour(double usd, double watts, double hostingUsdPerHour) {
        notNegative(hostingUsdPerHour, "the cost of hosting");
        return new Hour(usd / (years * HOURS_A_YEAR), watts / 1000 * usdPerKilowattHour, hostingUsdPerHour);
    }

    /** How many tokens a dollar buys at {@code tokensPerSecond}. */
    public static double tokensPerUsd(double tokensPerSecond, Hour hour) {
        return tokensPerSecond * SECONDS_AN_HOUR / hour.total();
    }
}
