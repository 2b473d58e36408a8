package org.hearthnet.node.pipeline.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.node.pipeline.LedgerPort.Cap;

/** An escrow as its owner sees it: what it may promise to whom, and what it has promised. Not thread-safe. */
final class Purse {
    private final Hash32 escrow;
    private final Map<NodeId, Amount> caps = new HashMap<>();
    private final Map<NodeId, Amount> promised = new HashMap<>();

    Purse(Hash32 escrow, List<Cap> caps) {
        this.escrow = escrow;
        for (Cap cap : caps) {
            this.caps.put(cap.executor(), cap.amount());
        }
    }

    Hash32 escrow() {
        return escrow;
    }

    /** Everything promised to {@code executor} so far. */
    Amount promised(NodeId executor) {
        return promised.getOrDefault(executor, Amount.ZERO);
    }

    /** What can still be promised to {@code executor}. */
    Amount left(NodeId executor) {
        return caps.getOrDefault(executor, Amount.ZERO).minus(promised(executor));
    }

    /** Promises {@code cumulative} in all; nothing if that is over the cap or not above what was promised. */
    Optional<Amount> promise(NodeId executor, Amount cumulative) {
        if (cumulative.compareTo(caps.getOrDefault(executor, Amount.ZERO)) > 0
                || cumulative.compareTo(promised(executor)) < 0) {
            return Optional.empty();
        }
        promised.put(executor, cumulative);
        return Optional.of(cumulative);
    }

    /** Everything promised to anybody. */
    Amount total() {
        return promised.values().stream().reduce(Amount.ZERO, Amount::plus);
    }
}
