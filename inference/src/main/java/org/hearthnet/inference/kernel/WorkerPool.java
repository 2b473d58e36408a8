package org.hearthnet.inference.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed set of threads for short parallel loops; the caller takes part. Waiting spins briefly before it parks: a
 * model step has hundreds of loops of some microseconds, which parking each time would dominate.
 */
final class WorkerPool implements AutoCloseable {
    private static final int SPINS = 2_000;

    /** The body of a loop. */
    @FunctionalInterface
    interface Body {
        /** Does what index {@code index} stands for on thread {@code worker}, 0 to {@link #parallelism} - 1. */
        void run(int index, int worker);
    }

    /** One loop; a new object each time, so that a late worker cannot take indices of the next. */
    private static final class Loop {
        final int count;
        final Body body;
        final AtomicInteger next = new AtomicInteger();
        final AtomicInteger left;
        final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        final Thread caller = Thread.currentThread();

        Loop(int count, Body body) {
            this.count = count;
            this.body = body;
            this.left = new AtomicInteger(count);
        }

        void work(int worker) {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                try {
                    body.run(i, worker);
                } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                } finally {
                    if (left.decrementAndGet() == 0) {
                        LockSupport.unpark(caller);
                    }
                }
            }
        }
    }

    private final Thread[] threads;
    private volatile @Nullable Loop current;
    private volatile boolean closed;

    /** A pool of {@code parallelism} threads, the caller included. */
    WorkerPool(int parallelism) {
        if (parallelism < 1 || parallelism > 1024) {
            throw new IllegalArgumentException("threads must lie in 1..1024, got " + parallelism);
        }
        threads = new Thread[parallelism - 1];
        for (int i = 0; i < threads.length; i++) {
            int worker = i + 1;
            threads[i] = new Thread(() -> serve(worker), "hearth-kernel-" + worker);
            threads[i].setDaemon(true);
            threads[i].start();
        }
    }

    int parallelism() {
        return threads.length + 1;
    }

    /**
     * Runs {@code body} for 0 to {@code count - 1} in any order on all threads and returns when all are done. The first
     * exception is thrown again here.
     */
    void run(int count, IntConsumer body) {
        runOn(count, (index, worker) -> body.accept(index));
    }

    /** {@link #run} for a body that wants to know its thread, whose memory it then has for itself. */
    void runOn(int count, Body body) {
        if (threads.length == 0 || count == 1) {
            for (int i = 0; i < count; i++) {
                body.run(i, 0);
            }
            return;
        }
        Loop loop = new Loop(count, body);
        current = loop;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        loop.work(0);
        await(loop);
        Throwable failure = loop.failure.get();
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    private static void await(Loop loop) {
        int spins = 0;
        while (loop.left.get() > 0) {
            if (spins++ < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(loop, 1_000_000);
            }
        }
    }

    private void serve(int worker) {
        Loop done = null;
        int spins = 0;
        while (!closed) {
            Loop loop = current;
            if (loop != null && loop != done) {
                loop.work(worker);
                done = loop;
                spins = 0;
            } else if (spins++ < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
                spins = 0;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }
}
