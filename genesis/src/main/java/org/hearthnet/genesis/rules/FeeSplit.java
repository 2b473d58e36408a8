package org.hearthnet.genesis.rules;

import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.Parameters;

/**
 * Where a redeemed fee goes. The parts sum to the fee exactly; what rounding leaves is burned.
 *
 * @param executor vests for the executor
 * @param duty pays for checking
 * @param burned leaves the supply
 */
public record FeeSplit(Amount executor, Amount duty, Amount burned) {
    /** Splits {@code fee} by the network's shares. */
    public static FeeSplit of(Parameters parameters, Amount fee) {
        Amount executor = fee.fraction(parameters.executorShare(), 1000);
        Amount duty = fee.fraction(parameters.dutyShare(), 1000);
        return new FeeSplit(executor, duty, fee.minus(executor).minus(duty));
    }
}
