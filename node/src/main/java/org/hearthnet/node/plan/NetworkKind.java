package org.hearthnet.node.plan;

import static org.hearthnet.node.plan.PlanException.notNegative;
import static org.hearthnet.node.plan.PlanException.require;

/**
 * What joins hosts.
 *
 * @param name for people
 * @param link from a host to any other
 * @param cardUsd price of a network card
 * @param portUsd price of a switch for each of its ports
 * @param maxHosts most hosts that can be joined
 */
public record NetworkKind(String name, Link link, double cardUsd, double portUsd, int maxHosts) {
    /** Checks the numbers. */
    public NetworkKind {
        notNegative(cardUsd, name + ": price of a card");
        notNegative(portUsd, name + ": price of a port");
        require(maxHosts > 1, name + ": a network joins at least two hosts");
    }

    /** Cards and ports for {@code hosts}; one host needs neither. */
    public double usd(int hosts) {
        return hosts < 2 ? 0 : hosts * (cardUsd + portUsd);
    }
}
