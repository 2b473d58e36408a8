package org.hearthnet.node.sim.economy;

import java.util.List;

/**
 * A strategy with its parameters.
 *
 * @param name for people
 * @param kind whose it is
 * @param variants one conduct for each choice of its parameters
 */
public record Strategy(String name, Kind kind, List<Conduct> variants) {
    /** Whose strategy it is. */
    public enum Kind {
        /** An executor's, with its friends. */
        EXECUTOR,
        /** A verifier's. */
        VERIFIER,
        /** Against checks of the ledger only: there is nothing to choose, it is tried and refused. */
        REFUSED
    }

    /** Copies the variants. */
    public Strategy {
        variants = List.copyOf(variants);
    }

    /** Whether no result is ever wrong because of it: it saves a ring the checking of itself, which nothing can tell from checking. */
    public boolean isHarmless() {
        return variants.stream().anyMatch(org.hearthnet.node.sim.economy.strategy.CopyingFriends.class::isInstance);
    }
}
