package org.hearthnet.node.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.hearthnet.ledger.audit.AuditHistory.Totals;

/** The supply over epochs as lines of an SVG picture; only numbers, so nothing in it needs escaping. */
final class SupplyChart {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 220;
    private static final int LEFT = 100;
    private static final int RIGHT = 16;
    private static final int TOP = 14;
    private static final int BOTTOM = 34;
    private static final int GRID = 4;
    private static final double SPARKS_PER_CREDIT = 1e6;

    private final List<Totals> totals;

    SupplyChart(List<Totals> totals) {
        this.totals = List.copyOf(totals);
    }

    /** Whether there is a line to draw: two points at least. */
    boolean isDrawable() {
        return totals.size() >= 2;
    }

    /** One picture with one line: the values of {@code what}, on a scale of its own. */
    Map<String, Object> picture(String name, ToLongFunction<Totals> what) {
        long least = totals.stream().mapToLong(what).min().orElse(0);
        long most = totals.stream().mapToLong(what).max().orElse(0);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", name);
        out.put("width", WIDTH);
        out.put("height", HEIGHT);
        out.put("left", LEFT);
        out.put("right", WIDTH - RIGHT);
        out.put("bottom", HEIGHT - BOTTOM);
        out.put("points", points(what, least, most));
        out.put("grid", grid(least, most));
        out.put("firstEpoch", totals.getFirst().epoch());
        out.put("lastEpoch", totals.getLast().epoch());
        return out;
    }

    private String points(ToLongFunction<Totals> what, long least, long most) {
        StringBuilder out = new StringBuilder();
        long from = totals.getFirst().height();
        long span = Math.max(1, totals.getLast().height() - from);
        for (Totals t : totals) {
            double x = LEFT + (double) (WIDTH - LEFT - RIGHT) * (t.height() - from) / span;
            out.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y(what.applyAsLong(t), least, most)));
        }
        return out.toString().strip();
    }

    private static double y(double value, double least, double most) {
        double part = most > least ? (value - least) / (most - least) : 0.5;
        return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM);
    }

    /** Lines across with the credits that they stand for; one if nothing ever changed. */
    private static List<Map<String, Object>> grid(long least, long most) {
        List<Map<String, Object>> out = new ArrayList<>();
        int lines = most > least ? GRID : 0;
        for (int i = 0; i <= lines; i++) {
            double value = lines == 0 ? least : least + (double) (most - least) * i / lines;
            out.add(Map.of(
                    "y", String.format(Locale.ROOT, "%.1f", y(value, least, most)),
                    "label", credits(value / SPARKS_PER_CREDIT, (most - least) / SPARKS_PER_CREDIT)));
        }
        return out;
    }

    /** As many decimals as tell the lines of the grid apart. */
    private static String credits(double value, double span) {
        int decimals = span <= 0 ? 0 : (int) Math.clamp(2 - Math.floor(Math.log10(span)), 0, 6);
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
