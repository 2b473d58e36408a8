package org.hearthnet.node.pipeline.text;

import java.util.List;

/** Ends a text before the first of some stop texts; holds back what could be the beginning of one. Not thread-safe. */
final class StopText {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean stopped;

    StopText(List<String> stops) {
        this.stops = stops;
    }

    /** Takes more text; returns what may be shown now. */
    String add(String piece) {
        if (stopped) {
            return "";
        }
        held.append(piece);
        int first = -1;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            first = at >= 0 && (first < 0 || at < first) ? at : first;
        }
        if (first >= 0) {
            stopped = true;
            held.setLength(first);
            return take(first);
        }
        return take(held.length() - couldBegin());
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
