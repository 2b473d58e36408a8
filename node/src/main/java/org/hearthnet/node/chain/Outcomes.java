package org.hearthnet.node.chain;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.state.LedgerEvent;
import org.jspecify.annotations.Nullable;

/** Who waits for which transaction, and how the latest ones ended. Not safe for several threads. */
final class Outcomes {
    /** Most transactions that are waited for. */
    static final int MAX_WAITING = 4096;

    /** Most outcomes that are remembered. */
    static final int MAX_SETTLED = 4096;

    /** @param lastHeight height at which it has expired; {@link Long#MAX_VALUE} for own ones, which are signed again */
    private record Waiting(CompletableFuture<TransactionOutcome> future, long lastHeight) {}

    private final Map<Hash32, Waiting> waiting = new HashMap<>();
    private final LinkedHashMap<Hash32, TransactionOutcome> settled = new LinkedHashMap<>();

    private boolean abandoned;

    /** How {@code id} ended, if that is remembered. */
    Optional<TransactionOutcome> settled(Hash32 id) {
        return Optional.ofNullable(settled.get(id));
    }

    /** Completed when {@code id} ends; empty if too many are waited for, or nothing more will happen. */
    Optional<CompletableFuture<TransactionOutcome>> watch(Hash32 id, long lastHeight) {
        Waiting already = waiting.get(id);
        if (already != null) {
            return Optional.of(already.future);
        }
        if (abandoned || waiting.size() >= MAX_WAITING) {
            return Optional.empty();
        }
        Waiting fresh = new Waiting(new CompletableFuture<>(), lastHeight);
        waiting.put(id, fresh);
        return Optional.of(fresh.future);
    }

    /** {@code id} has ended. */
    void settle(Hash32 id, TransactionOutcome outcome) {
        settled.putLast(id, outcome);
        if (settled.size() > MAX_SETTLED) {
            settled.pollFirstEntry();
        }
        @Nullable Waiting waiter = waiting.remove(id);
        if (waiter != null) {
            waiter.future.complete(outcome);
        }
    }

    /** Settles what a block included and what has expired with it. */
    void onBlock(long height, Set<Hash32> included, List<LedgerEvent> events) {
        for (Hash32 id : List.copyOf(waiting.keySet())) {
            Waiting waiter = waiting.get(id);
            if (included.contains(id)) {
                settle(id, new TransactionOutcome.Included(id, height, events));
            } else if (waiter != null && waiter.lastHeight <= height) {
                settle(id, new TransactionOutcome.Rejected("not included before it expired at height " + height));
            }
        }
    }

    /** Nothing more will happen. */
    void abandon() {
        waiting.values().forEach(w -> w.future.complete(new TransactionOutcome.TimedOut()));
        waiting.clear();
        abandoned = true;
    }
}
