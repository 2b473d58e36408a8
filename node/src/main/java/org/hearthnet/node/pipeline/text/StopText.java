package org.hearthnet.node.pipeline.text;

import java.util.Comparator;
import java.util.List;

/** Ends a text before the stop text that is complete first; holds back what could be the beginning of one. Not thread-safe. */
final class StopText {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean stopped;

    StopText(List<String> stops) {
        // Of several that end at one character the longest counts: it began first.
        this.stops = stops.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Takes more text; returns what may be shown now. */
    String add(String piece) {
        // Character by character, so that the result does not depend on how a text is cut into pieces.
        for (int i = 0; i < piece.length() && !stopped; i++) {
            held.append(piece.charAt(i));
            for (String stop : stops) {
                if (!stopped && endsWith(stop)) {
                    stopped = true;
                    held.setLength(held.length() - stop.length());
                }
            }
        }
        return take(stopped ? held.length() : held.length() - couldBegin());
    }

    private boolean endsWith(String stop) {
        int at = held.length() - stop.length();
        return at >= 0 && held.indexOf(stop, at) == at;
    }

    /** The rest, when no more comes. */
    String finish() {
        return stopped ? "" : take(held.length());
    }

    /** Whether a stop text was met. */
    boolean stopped() {
        return stopped;
    }

    private String take(int length) {
        String out = held.substring(0, length);
        held.delete(0, length);
        return out;
    }

    /** Length of the longest end of what is held with which a stop text begins. */
    private int couldBegin() {
        int longest = 0;
        for (String stop : stops) {
            for (int n = Math.min(stop.length() - 1, held.length()); n > longest; n--) {
                if (stop.startsWith(held.substring(held.length() - n))) {
                    longest = n;
                    break;
                }
            }
        }
        return longest;
    }
}
