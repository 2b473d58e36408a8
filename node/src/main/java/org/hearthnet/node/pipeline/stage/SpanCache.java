package org.hearthnet.node.pipeline.stage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.exec.StepBatcher;
import org.hearthnet.inference.kernel.DeviceException;

/**
 * Loaded spans of one model. Weights live as long as the kernel that prepared them, so each span has a kernel of its own,
 * which is closed when the span makes room for another and nobody uses it. Thread-safe.
 */
final class SpanCache implements AutoCloseable {
    /** Spans that are kept; each costs the memory of its layers. */
    static final int MAX_LOADED = 3;

    private final Loader loader;
    private final Map<LayerSpan, Lease> loaded = new LinkedHashMap<>(8, 0.75f, true);
    private boolean closed;

    /** Loads a span of the model, with whatever observes or disturbs it. */
    @FunctionalInterface
    interface Loader {
        Loaded load(LayerSpan span) throws IOException;
    }

    /** A loaded span, what merges the passes of its users, and what is to be freed with it. */
    record Loaded(StageExecutor executor, StepBatcher batcher, Runnable free) implements AutoCloseable {
        /** Steps of different sequences that may be under way; more than a node has slots, so it only bounds the list. */
        private static final int MAX_UNDER_WAY = 1024;

        Loaded(StageExecutor executor, Runnable free) {
            this(executor, new StepBatcher(executor, MAX_UNDER_WAY), free);
        }

        @Override
        public void close() {
            batcher.close(); // its last pass still reads the weights
            free.run();
        }
    }

    SpanCache(Loader loader) {
        this.loader = loader;
    }

    /**
     * The executor of {@code span}, to be closed after use.
     *
     * @throws IllegalStateException if it cannot be loaded, or all loaded spans are in use
     */
    synchronized Lease lease(LayerSpan span) {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        Lease known = loaded.get(span);
        if (known == null) {
            makeRoom();
            try {
                known = new Lease(loader.load(span));
            } catch (IOException | DeviceException e) {
                throw new IllegalStateException("layers " + span + " cannot be loaded: " + e.getMessage(), e);
            }
            loaded.put(span, known);
        }
        known.users++;
        return known;
    }

    private void makeRoom() {
        if (loaded.size() < MAX_LOADED) {
            return;
        }
        LayerSpan idle = loaded.entrySet().stream()
                .filter(e -> e.getValue().users == 0)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("all loaded layers are in use"));
        Lease gone = loaded.remove(idle);
        if (gone != null) {
            gone.loaded.close();
        }
    }

    /** Uses {@code lease} no more: whoever asks next gets the span loaded anew. */
    synchronized void drop(Lease lease) {
        lease.dropped = true;
        loaded.values().remove(lease);
    }

    @Override
    public synchronized void close() {
        closed = true;
        List<Lease> all = new ArrayList<>(loaded.values());
        loaded.clear();
        // What is in use is closed by its last user.
        all.stream().filter(l -> l.users == 0).forEach(l -> l.loaded.close());
    }

    /** The use of a span. */
    final class Lease implements ModelEngine.Borrowed {
        private final Loaded loaded;
        private int users;
        private boolean dropped;

        private Lease(Loaded loaded) {
            this.loaded = loaded;
        }

        @Override
        public StageExecutor executor() {
            return loaded.executor();
        }

        /** Runs steps of this span together with those of its other users. */
        StepBatcher batcher() {
            return loaded.batcher();
        }

        @Override
        public void close() {
            synchronized (SpanCache.this) {
                users--;
                if ((closed || dropped) && users == 0) {
                    loaded.close();
                }
            }
        }
    }
}
