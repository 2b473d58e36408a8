package org.hearthnet.node.plan;

import static org.hearthnet.node.plan.PlanException.notNegative;
import static org.hearthnet.node.plan.PlanException.require;

/**
 * A machine without its cards.
 *
 * @param name for people
 * @param cards most cards that it takes
 * @param usd price
 * @param watts that it draws beside the cards
 */
public record HostKind(String name, int cards, double usd, double watts) {
    /** Checks the numbers. */
    public HostKind {
        require(cards > 0, name + ": a host must take at least one card");
        notNegative(usd, name + ": price");
        notNegative(watts, name + ": power");
    }
}
