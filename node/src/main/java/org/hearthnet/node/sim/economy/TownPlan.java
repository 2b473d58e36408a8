package org.hearthnet.node.sim.economy;

import java.util.List;
import org.hearthnet.genesis.spec.Parameters;

/**
 * Who lives in a town, and for how long.
 *
 * @param parameters the network's
 * @param market what work is worth
 * @param executors veterans, those of the groups among them
 * @param verifiers newcomers, those of the groups among them
 * @param clients honest clients
 * @param epochs epochs with work; as many more as it takes follow, until everything is settled
 * @param groups who is not honest
 * @param seed all chance
 */
record TownPlan(
        Parameters parameters,
        Market market,
        int executors,
        int verifiers,
        int clients,
        int epochs,
        List<Group> groups,
        long seed) {
    /**
     * Members of one hand.
     *
     * @param name of the strategy
     * @param conduct what they do
     * @param executors veterans
     * @param verifiers newcomers
     * @param committee thousandths of the turns to make a block
     */
    record Group(String name, Conduct conduct, int executors, int verifiers, int committee) {}

    /** Checks that there is room for the groups. */
    TownPlan {
        groups = List.copyOf(groups);
        if (groups.stream().mapToInt(Group::executors).sum() > executors
                || groups.stream().mapToInt(Group::verifiers).sum() > verifiers) {
            throw new IllegalArgumentException("more members in groups than in the town");
        }
    }
}
