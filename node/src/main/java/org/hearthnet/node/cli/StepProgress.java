package org.hearthnet.node.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** How far some work in steps is: a bar on a terminal, elsewhere a line now and then. Thread-safe. */
final class StepProgress implements AutoCloseable {
    /** Lines for one step, at most. */
    private static final int LINES = 10;

    private final String work;
    private final PrintStream out;
    private final boolean terminal = System.console() instanceof java.io.Console console && console.isTerminal();
    private @Nullable ProgressBar bar;
    private String step = "";
    private long printed = -1;
    private long quietUntil;

    /** @param work one word in front of every line */
    StepProgress(String work, PrintStream out) {
        this.work = work;
        this.out = out;
    }

    /** The same for work that is worth no word unless it takes more than a second. */
    static StepProgress patient(String work, PrintStream out) {
        var progress = new StepProgress(work, out);
        progress.quietUntil = System.nanoTime() + 1_000_000_000;
        return progress;
    }

    /** {@code done} of {@code total} of the step {@code current}; a total of 1 is not worth a number. */
    synchronized void at(String current, long done, long total) {
        if (quietUntil != 0 && System.nanoTime() < quietUntil) {
            return;
        }
        if (!current.equals(step)) {
            close();
            step = current;
            printed = -1;
        }
        if (terminal) {
            show(done, total);
            return;
        }
        long part = total <= 0 ? 0 : done * LINES / total;
        if (part != printed) {
            printed = part;
            out.println(work + ": " + step + (total > 1 ? " " + done + " of " + total : ""));
        }
    }

    private void show(long done, long total) {
        ProgressBar current = bar;
        if (current == null) {
            current = new ProgressBarBuilder()
                    .setTaskName(step)
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .build();
            bar = current;
        }
        current.stepTo(done);
    }

    @Override
    public synchronized void close() {
        ProgressBar current = bar;
        if (current != null) {
            current.close();
            bar = null;
        }
    }
}
