package org.hearthnet.inference.exec;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** One step on its way through a {@link StepBatcher}, piece by piece. */
final class BatchedWork implements StepBatcher.Pending {
    private final Step step;
    private final int start;
    private final int width;
    private final float[] hidden;
    private final float[] logits;
    private final Runnable wake;
    private final CompletableFuture<StageOutput> result = new CompletableFuture<>();
    private int done;
    private int logitsDone;
    private volatile boolean cancelled;

    /** Work of {@code step}, which was checked; {@code wake} is called when it is cancelled. */
    BatchedWork(Step step, StageExecutor executor, Runnable wake) {
        this.step = step;
        this.start = step.sequence().length();
        this.width = executor.config().hidden();
        this.wake = wake;
        int count = step.input().count();
        int wanted = switch (step.logits()) {
            case NONE -> 0;
            case LAST -> 1;
            case ALL -> count;
        };
        boolean last = executor.isLast();
        hidden = new float[last ? 0 : Math.multiplyExact(count, width)];
        logits = new float[last ? Math.multiplyExact(wanted, executor.config().vocabulary()) : 0];
    }

    Step step() {
        return step;
    }

    int left() {
        return step.input().count() - done;
    }

    boolean isCancelled() {
        return cancelled;
    }

    boolean isDone() {
        return result.isDone();
    }

    /** The next {@code rows} rows. A piece that is not the last needs no logits unless all are wanted. */
    Step piece(int rows) {
        StageInput input = switch (step.input()) {
            case StageInput.Tokens tokens -> new StageInput.Tokens(Arrays.copyOfRange(tokens.ids(), done, done + rows));
            case StageInput.Hidden in ->
                new StageInput.Hidden(rows, Arrays.copyOfRange(in.values(), done * width, (done + rows) * width));
        };
        boolean goesOn = rows < left() && step.logits() == LogitsWanted.LAST;
        return new Step(step.sequence(), input, goesOn ? LogitsWanted.NONE : step.logits(), step.sink()).observedOnce();
    }

    /** Takes what {@code rows} rows gave. */
    void take(int rows, StageOutput output) {
        if (output.poison().isPresent()) {
            step.sequence().truncate(start);
            result.complete(output);
            return;
        }
        System.arraycopy(output.hidden(), 0, hidden, hidden.length == 0 ? 0 : done * width, output.hidden().length);
        System.arraycopy(output.logits(), 0, logits, logitsDone, output.logits().length);
        logitsDone += output.logits().length;
        done += rows;
        if (left() == 0) {
            result.complete(new StageOutput(hidden, logits, output.poison()));
        }
    }

    /** Ends the work with an error and leaves the sequence as it was. */
    void fail(Throwable error) {
        step.sequence().truncate(start);
        result.completeExceptionally(error);
    }

    /** Ends cancelled work. */
    void drop() {
        fail(new CancellationException("cancelled"));
    }

    @Override
    public void cancel() {
        cancelled = true;
        wake.run();
    }

    @Override
    public StageOutput await() throws InterruptedException {
        try {
            return result.get();
        } catch (InterruptedException e) {
            // The sequence is the caller's again only when the batcher has let go of it: one pass at most.
            cancel();
            result.handle((output, error) -> true).join();
            throw e;
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        }
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) {
        return cause instanceof RuntimeException known ? known : new CompletionException(cause);
    }
}
