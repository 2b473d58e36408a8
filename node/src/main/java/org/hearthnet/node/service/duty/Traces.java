package org.hearthnet.node.service.duty;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.DisputeMove;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.node.pipeline.stage.ModelEngine.Borrowed;
import org.hearthnet.verifier.check.StageInputs;
import org.hearthnet.verifier.dispute.ExecutedTrace;

/** Traces of the disputes that are going on: one execution serves all moves of a dispute. The one not used for longest goes. */
final class Traces implements AutoCloseable {
    /** Most traces kept; each holds the cache of a whole job. */
    static final int MAX_TRACES = 2;

    private final Map<Hash32, Slot> slots = new LinkedHashMap<>(8, 0.75f, true);

    /** Executes the stage of a dispute. */
    @FunctionalInterface
    interface Maker {
        Held make() throws Exception;
    }

    /** A trace, and the layers that it goes on using. */
    record Held(ExecutedTrace trace, Borrowed layers) implements AutoCloseable {
        /** Runs the stage of {@code inputs} on {@code layers}, which are given back if that fails. */
        static Held run(Borrowed layers, StageInputs inputs, KvBudget budget) {
            boolean done = false;
            try {
                Held held = new Held(ExecutedTrace.run(layers.executor(), inputs, budget), layers);
                done = true;
                return held;
            } finally {
                if (!done) {
                    layers.close();
                }
            }
        }

        @Override
        public void close() {
            trace.close();
            layers.close();
        }
    }

    /** Looks at a trace. */
    @FunctionalInterface
    interface Use {
        Optional<DisputeMove> of(ExecutedTrace trace);
    }

    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private Optional<Held> trace = Optional.empty();
        private boolean dead;

        /** Ends the trace now, or as soon as nobody looks at it. */
        void end() {
            dead = true;
            if (lock.tryLock()) {
                closeAndUnlock();
            }
        }

        void closeAndUnlock() {
            try {
                if (dead) {
                    trace.ifPresent(Held::close);
                    trace = Optional.empty();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Lets {@code use} look at the trace of a dispute, which {@code maker} makes if it is not there. */
    Optional<DisputeMove> with(Hash32 dispute, Maker maker, Use use) throws Exception {
        Slot slot = slot(dispute);
        slot.lock.lock();
        try {
            if (slot.trace.isEmpty()) {
                slot.trace = Optional.of(maker.make());
            }
            return use.of(slot.trace.get().trace());
        } finally {
            slot.closeAndUnlock();
        }
    }

    private synchronized Slot slot(Hash32 dispute) {
        Slot slot = slots.computeIfAbsent(dispute, d -> new Slot());
        if (slots.size() > MAX_TRACES) {
            Hash32 eldest = slots.keySet().iterator().next();
            Slot gone = slots.remove(eldest);
            if (gone != null) {
                gone.end();
            }
        }
        return slot;
    }

    /** Ends traces of disputes that are over. */
    synchronized void retain(Predicate<Hash32> open) {
        List<Hash32> over = new ArrayList<>(slots.keySet());
        over.removeIf(open);
        for (Hash32 dispute : over) {
            Slot gone = slots.remove(dispute);
            if (gone != null) {
                gone.end();
            }
        }
    }

    @Override
    public void close() {
        retain(d -> false);
    }
}
