package org.hearthnet.node.plan.search;

import static org.hearthnet.node.plan.PlanException.notNegative;
import static org.hearthnet.node.plan.PlanException.require;

import java.util.List;
import org.hearthnet.node.plan.Counting;
import org.hearthnet.node.plan.Device;
import org.hearthnet.node.plan.Economics;
import org.hearthnet.node.plan.HostKind;
import org.hearthnet.node.plan.ModelShape;
import org.hearthnet.node.plan.NetworkKind;

/**
 * What to search.
 *
 * @param model what runs
 * @param device every card
 * @param minCards fewest cards
 * @param maxCards most cards
 * @param hosts kinds of hosts to choose from, one kind for a design
 * @param networks kinds of networks to choose from
 * @param targetTokensPerSecond that a single prompt must get at least
 * @param context positions of a sequence
 * @param counting what counts
 * @param economics prices
 * @param hostingUsdPerHour room and cooling for a design
 */
public record SearchRequest(
        ModelShape model,
        Device device,
        int minCards,
        int maxCards,
        List<HostKind> hosts,
        List<NetworkKind> networks,
        double targetTokensPerSecond,
        int context,
        Counting counting,
        Economics economics,
        double hostingUsdPerHour) {
    /** Most cards: the number of designs grows with it. */
    public static final int MAX_CARDS = 1024;

    /** Checks that there is something to search. */
    public SearchRequest {
        hosts = List.copyOf(hosts);
        networks = List.copyOf(networks);
        require(
                minCards >= 1 && minCards <= maxCards && maxCards <= MAX_CARDS,
                "the number of cards must be from 1 to " + MAX_CARDS + ", not " + minCards + " to " + maxCards);
        require(!hosts.isEmpty(), "name at least one kind of host");
        require(context > 0, "the context needs at least one position");
        notNegative(targetTokensPerSecond, "the target");
        notNegative(hostingUsdPerHour, "the cost of hosting");
    }
}
