package org.hearthnet.node.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.hearthnet.ledger.audit.AuditProgress;
import org.jspecify.annotations.Nullable;

/** How far an audit is: a bar on a terminal, elsewhere a line now and then. */
final class AuditProgressBar implements AuditProgress, AutoCloseable {
    /** Lines for one step, at most. */
    private static final int LINES = 10;

    private final PrintStream out;
    private final boolean terminal = System.console() instanceof java.io.Console console && console.isTerminal();
    private @Nullable ProgressBar bar;
    private String step = "";
    private long printed = -1;

    AuditProgressBar(PrintStream out) {
        this.out = out;
    }

    @Override
    public void at(String current, long done, long total) {
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
            out.println("audit: " + step + (total > 1 ? " " + done + " of " + total : ""));
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
    public void close() {
        ProgressBar current = bar;
        if (current != null) {
            current.close();
            bar = null;
        }
    }
}
