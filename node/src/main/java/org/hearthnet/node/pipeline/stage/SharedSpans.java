package org.hearthnet.node.pipeline.stage;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.tensor.GroupException;

/** Spans that are shared with other machines. While those are not to be had, there are none, and nobody waits for them twice. */
public final class SharedSpans implements AutoCloseable {
    /** How long a failure is remembered. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private final SpanCache spans;
    private final Consumer<String> log;
    private long pausedUntilNanos = System.nanoTime();

    /** Other machines of this node's owner. */
    public interface Workers {
        /**
         * Forms a group with them in which this node leads.
         *
         * @throws IOException if it cannot be formed; the text says why
         */
        Shared share(LayerSpan span, Kernel kernel) throws IOException;

        /** A line for people. */
        void log(String line);
    }

    /**
     * A group that is ready.
     *
     * @param executor this node's share
     * @param end ends the group
     */
    public record Shared(StageExecutor executor, Runnable end) {}

    SharedSpans(Workers workers, Supplier<Kernel> kernels) {
        this.log = workers::log;
        this.spans = new SpanCache(span -> {
            Kernel kernel = kernels.get();
            try {
                Shared shared = workers.share(span, kernel);
                return new SpanCache.Loaded(shared.executor(), () -> {
                    shared.end().run();
                    kernel.close();
                });
            } catch (IOException | RuntimeException e) {
                kernel.close();
                throw e;
            }
        });
    }

    /** The use of this node's share of {@code span}; empty if the other machines are not to be had now. */
    synchronized Optional<SpanCache.Lease> lease(LayerSpan span) {
        if (System.nanoTime() - pausedUntilNanos < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(spans.lease(span));
        } catch (IllegalStateException e) {
            pause();
            log.accept("this node works alone for now: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** A machine failed: the next lease forms a new group. */
    synchronized void lost(SpanCache.Lease lease, GroupException why) {
        spans.drop(lease);
        pause();
        log.accept("the group has ended: " + why.getMessage());
    }

    private void pause() {
        pausedUntilNanos = System.nanoTime() + PAUSE.toNanos();
    }

    @Override
    public void close() {
        spans.close();
    }
}
