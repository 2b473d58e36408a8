package org.hearthnet.node.demo;

import java.io.PrintStream;
import java.util.Locale;

/** What the person at the terminal reads. Chapters, lines with the time since the start, and text as it streams. */
final class Story {
    private final PrintStream out;
    private final long startNanos = System.nanoTime();
    private boolean inText;

    Story(PrintStream out) {
        this.out = out;
    }

    /** A new chapter. */
    synchronized void chapter(String title) {
        endText();
        out.println();
        out.println("== " + title);
    }

    /** One line. */
    synchronized void line(String format, Object... arguments) {
        endText();
        out.printf(Locale.ROOT, "%5.1f s  ", seconds());
        out.println(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments));
    }

    /** A line without a time. */
    synchronized void plain(String line) {
        endText();
        out.println(line);
    }

    /** A piece of generated text. */
    synchronized void text(String piece) {
        if (!inText) {
            out.print("         | ");
            inText = true;
        }
        out.print(piece.replace("\n", "\n         | "));
        out.flush();
    }

    private void endText() {
        if (inText) {
            out.println();
            inText = false;
        }
    }

    double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
