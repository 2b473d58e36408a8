package org.hearthnet.inference.exec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Continuous batching: steps of many sequences, submitted by many threads, share the passes of one executor. Sequences
 * join and leave at every pass; long inputs are cut into pieces as {@link BatchPlanner} decides. A pass starts as soon
 * as there is work, without waiting for more: what arrives during a pass makes up the next. Results are bit for bit
 * those of {@link StageExecutor#forward(Step)}, and what fails one sequence leaves the others unharmed.
 */
public final class StepBatcher implements AutoCloseable {
    /** Rows of long inputs in a pass that also decodes. */
    private static final int BESIDE_DECODING = 64;

    private final StageExecutor executor;
    private final int maxWaiting;
    private final BatchPlanner planner = new BatchPlanner(StageExecutor.MAX_ROWS, BESIDE_DECODING);
    /** Whoever was served last is last. */
    private final List<BatchedWork> works = new ArrayList<>();

    private final Thread thread;
    private boolean closed;
    private long passes;
    private long rows;

    /** A submitted step. Until it is done, its sequence and input belong to the batcher. */
    public interface Pending {
        /**
         * Waits for the output, which may be poisoned. If interrupted, the step is cancelled first.
         *
         * @throws java.util.concurrent.CancellationException if it was cancelled before it was done
         * @throws RuntimeException as {@link StageExecutor#forward(Step)}; the sequence is as it was before
         * @throws IllegalStateException if the batcher was closed
         */
        StageOutput await() throws InterruptedException;

        /** Gives up at the end of the pass that runs, if any; the sequence is then as it was before. */
        void cancel();
    }

    /**
     * Starts the thread that runs passes.
     *
     * @param maxWaiting most steps that may be under way, at least 1
     */
    public StepBatcher(StageExecutor executor, int maxWaiting) {
        if (maxWaiting < 1) {
            throw new IllegalArgumentException("a batcher needs room for work, not " + maxWaiting);
        }
        this.executor = executor;
        this.maxWaiting = maxWaiting;
        this.thread = Thread.ofPlatform().daemon().name("hearth-batcher").start(this::serve);
    }

    /**
     * Queues a step whose sink is called by the batcher's thread. Its cache is paid for before it waits.
     *
     * @throws IllegalArgumentException as {@link StageExecutor#forward(Step)}, or if the sequence already has work here
     * @throws KvExhaustedException if the cache budget has no room for it; the text says what is needed and free
     * @throws IllegalStateException if too much waits already, or the batcher or sequence is closed
     */
    public synchronized Pending submit(Step step) {
        if (closed) {
            throw new IllegalStateException("the batcher is closed");
        }
        if (works.stream().anyMatch(work -> work.step().sequence() == step.sequence())) {
            throw new IllegalArgumentException("the sequence has work under way");
        }
        if (works.size() >= maxWaiting) {
            throw new IllegalStateException(
                    works.size() + " inputs are under way, which is the limit; try again later");
        }
        InputCheck.check(executor.config(), executor.range(), step, List.of(step));
        step.sequence().claim(step.input().count());
        var work = new BatchedWork(step, executor, this::wake);
        works.add(work);
        notifyAll();
        return work;
    }

    /** Passes that were begun. */
    public synchronized long passes() {
        return passes;
    }

    /** Rows of those passes. */
    public synchronized long rows() {
        return rows;
    }

    private synchronized void wake() {
        notifyAll();
    }

    @SuppressWarnings("Interruption") // nobody interrupts this thread; close() sets a flag
    private void serve() {
        try {
            for (List<BatchedWork> now = next(); !now.isEmpty(); now = next()) {
                var order = now;
                List<BatchPlanner.Share> plan =
                        planner.plan(order.stream().map(BatchedWork::left).toList());
                run(order, plan);
                served(plan.stream().map(share -> order.get(share.index())).toList());
            }
            end(new IllegalStateException("the batcher is closed"));
        } catch (InterruptedException e) {
            end(new IllegalStateException("the batcher was interrupted", e));
        } catch (Error e) {
            // Out of memory, say: those who wait must learn that nobody works for them any more.
            end(new IllegalStateException("the batcher failed: " + e, e));
            throw e;
        }
    }

    /** What there is to do; empty when closed. */
    private synchronized List<BatchedWork> next() throws InterruptedException {
        while (true) {
            if (closed) {
                return List.of();
            }
            works.removeIf(work -> {
                if (work.isCancelled()) {
                    work.drop();
                }
                return work.isDone();
            });
            if (!works.isEmpty()) {
                return List.copyOf(works);
            }
            wait();
        }
    }

    private void run(List<BatchedWork> order, List<BatchPlanner.Share> plan) {
        List<Step> steps = plan.stream()
                .map(share -> order.get(share.index()).piece(share.rows()))
                .toList();
        synchronized (this) {
            passes++; // before anybody can learn that it is over;
            rows += plan.stream().mapToInt(BatchPlanner.Share::rows).sum();
        }
        try {
            List<StageOutput> outputs = executor.forward(steps);
            for (int i = 0; i < outputs.size(); i++) {
                take(order.get(plan.get(i).index()), plan.get(i).rows(), outputs.get(i));
            }
        } catch (RuntimeException e) {
            for (int i = 0; i < steps.size(); i++) {
                runAlone(order.get(plan.get(i).index()), plan.get(i).rows(), steps.get(i));
            }
        }
    }

    /** Finds whose fault an error is: nothing was appended, and alone each gives the same bits. */
    private void runAlone(BatchedWork work, int rowsOfIt, Step step) {
        StageOutput output;
        try {
            output = executor.forward(List.of(step)).getFirst();
        } catch (RuntimeException e) {
            finish(work, () -> work.fail(e));
            return;
        }
        take(work, rowsOfIt, output);
    }

    private void take(BatchedWork work, int rowsOfIt, StageOutput output) {
        finish(work, () -> work.take(rowsOfIt, output));
    }

    /** Work leaves the list together with becoming done, so that its sequence can be submitted again at once. */
    private synchronized void finish(BatchedWork work, Runnable change) {
        change.run();
        if (work.isDone()) {
            works.remove(work);
        }
    }

    private synchronized void served(Collection<BatchedWork> served) {
        for (BatchedWork work : served) {
            if (works.remove(work)) {
                works.add(work);
            }
        }
    }

    private synchronized void end(RuntimeException why) {
        closed = true;
        works.forEach(work -> work.fail(why));
        works.clear();
    }

    /** Ends the pass that runs, fails what waits, and returns when the kernel is no longer used. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
