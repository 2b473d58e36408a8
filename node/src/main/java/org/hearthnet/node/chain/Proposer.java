package org.hearthnet.node.chain;

import java.util.concurrent.TimeUnit;
import org.hearthnet.node.log.NodeLog;

/** The clock of the one key that makes blocks. Only when to propose; what, and how safely, is {@link ChainService}'s. */
final class Proposer implements AutoCloseable {
    /** What the clock drives. */
    interface Work {
        /** Whether a block may be made now: nobody is known to have later ones. */
        boolean mayPropose();

        /** Makes one block. */
        void propose();
    }

    private static final NodeLog LOG = NodeLog.of("chain");

    private final long intervalNanos;
    private final Work work;
    private final Thread thread;
    private volatile boolean closed;

    Proposer(long intervalMs, Work work) {
        this.intervalNanos = TimeUnit.MILLISECONDS.toNanos(intervalMs);
        this.work = work;
        this.thread = Thread.ofVirtual().name("proposer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        long next = System.nanoTime();
        try {
            while (!closed) {
                next += intervalNanos;
                long wait = next - System.nanoTime();
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                } else {
                    next = System.nanoTime(); // a machine that was asleep does not make up for lost blocks
                }
                if (!closed && work.mayPropose()) {
                    work.propose();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("no more blocks are made, for the store failed: %s. Mend that and start this node again.", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
