package org.hearthnet.node.p2p;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs short tasks later, on one daemon thread. Tasks must not block: all connections of a host share it. */
public final class Timer implements AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;

    /** A task that has not run yet. */
    public interface Task {
        void cancel();
    }

    public Timer(String threadName) {
        this.executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(threadName).factory());
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Returns null, and will not run the task, if this timer is closed. */
    public @Nullable Task after(long nanos, Runnable task) {
        try {
            ScheduledFuture<?> future = executor.schedule(() -> run(task), nanos, TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException e) {
            return null;
        }
    }

    /** An executor keeps a task's exception to itself; a bug should be seen. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }

    /** Takes no more tasks; those that wait still run in their time. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
