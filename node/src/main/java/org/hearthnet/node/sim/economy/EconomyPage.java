package org.hearthnet.node.sim.economy;

import java.util.List;
import java.util.Locale;

/** The report as a page: one file, pictures in SVG, no scripts. Everything in it is the simulator's own text and numbers. */
public final class EconomyPage {
    private static final int CELL = 34;
    private static final int GAP = 26;
    private static final int BAR = 16;
    private static final int NAMES = 230;
    private static final int BARS = 560;

    private EconomyPage() {}

    /** The page. */
    public static String of(EconomyReport report) {
        StringBuilder out = new StringBuilder();
        out.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>What lies earn</title>")
                .append("<style>body{font:15px sans-serif;max-width:60em;margin:2em auto;padding:0 1em}")
                .append(
                        "table{border-collapse:collapse}td,th{padding:.2em .6em;text-align:left;border-bottom:1px solid #ddd}")
                .append("svg text{font:11px sans-serif}</style>")
                .append("<h1>What lies earn</h1><p>Seed ")
                .append(report.seed())
                .append(". Bonds lost by honest nodes: ")
                .append(report.honestBondsLost())
                .append(".</p><h2>With a third of each share</h2>")
                .append(bars(report.strategies()))
                .append("<h2>Bounds</h2>");
        rows(
                out,
                report.bounds().stream()
                        .map(b -> List.of(
                                b.share(),
                                "safe up to " + b.lastSafe() + " ‰",
                                b.firstProfit() < 0 ? "nothing profits" : "first profit at " + b.firstProfit() + " ‰",
                                String.join(", ", b.strategies())))
                        .toList());
        out.append("<h2>Attempts against the ledger</h2>");
        rows(
                out,
                report.attempts().stream()
                        .map(a -> List.of(a.strategy(), a.what(), a.outcome()))
                        .toList());
        out.append(
                        "<h2>Surfaces</h2><p>More than honesty, in credits, over the shares of verifiers (right) and veterans' bonds (up); ")
                .append("one square for each share of the committee. Red: it profits.</p>");
        for (EconomyReport.Line line : report.strategies()) {
            if (!line.surface().isEmpty()) {
                out.append("<h3>")
                        .append(line.strategy().name())
                        .append("</h3>")
                        .append(surface(line.surface()));
            }
        }
        return out.append("</html>\n").toString();
    }

    private static void rows(StringBuilder out, List<List<String>> rows) {
        out.append("<table>");
        for (List<String> row : rows) {
            out.append("<tr>");
            row.forEach(cell -> out.append("<td>").append(cell).append("</td>"));
            out.append("</tr>");
        }
        out.append("</table>");
    }

    /** What each strategy gains more than honesty, with its confidence interval. */
    static String bars(List<EconomyReport.Line> lines) {
        List<EconomyReport.Line> shown =
                lines.stream().filter(l -> l.atBound().isPresent()).toList();
        double most = shown.stream()
                .mapToDouble(l -> Math.abs(l.atBound().orElseThrow().more().low()))
                .max()
                .orElse(1);
        StringBuilder out = new StringBuilder(svg(NAMES + BARS + 20, shown.size() * (BAR + 6) + 10));
        for (int i = 0; i < shown.size(); i++) {
            BestResponse b = shown.get(i).atBound().orElseThrow();
            double y = 5 + i * (BAR + 6);
            double zero = NAMES + BARS * 0.9;
            double scale = BARS * 0.88 / Math.max(1e-9, most);
            double x = zero + b.more().mean() * scale;
            out.append(String.format(
                    Locale.ROOT,
                    "<text x=\"0\" y=\"%.1f\">%s</text><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>"
                            + "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#333\"/>",
                    y + 12,
                    shown.get(i).strategy().name(),
                    Math.min(x, zero),
                    y,
                    Math.abs(x - zero),
                    BAR,
                    b.profits() ? "#c33" : "#58a",
                    zero + b.more().low() * scale,
                    zero + b.more().high() * scale,
                    y + BAR / 2.0,
                    y + BAR / 2.0));
            out.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%.1f\">%s</text>",
                    zero + 6,
                    y + 12,
                    EconomyReport.number(b.more().mean())));
        }
        return out.append("</svg>").toString();
    }

    /** Squares of cells, from a cube of points. */
    static String surface(List<BestResponse> points) {
        List<Integer> steps = points.stream()
                .map(p -> p.shares().committee())
                .distinct()
                .sorted()
                .toList();
        int side = steps.size() * CELL;
        StringBuilder out = new StringBuilder(svg(steps.size() * (side + GAP), side + 2 * GAP));
        double most = points.stream()
                .mapToDouble(p -> Math.abs(p.more().mean()))
                .max()
                .orElse(1);
        for (BestResponse p : points) {
            int panel = steps.indexOf(p.shares().committee());
            int column = steps.indexOf(p.shares().verifiers());
            int row = steps.size() - 1 - steps.indexOf(p.shares().opinions());
            double x = panel * (side + GAP) + (double) column * CELL;
            double y = GAP + (double) row * CELL;
            double strength = 0.15 + 0.85 * Math.abs(p.more().mean()) / Math.max(1e-9, most);
            String colour = p.profits() ? "204,51,51" : p.more().mean() > 0 ? "170,170,170" : "85,136,170";
            out.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.0f\" y=\"%.0f\" width=\"%d\" height=\"%d\" fill=\"rgba(%s,%.2f)\" stroke=\"#fff\"/>"
                            + "<text x=\"%.0f\" y=\"%.0f\">%.0f</text>",
                    x,
                    y,
                    CELL,
                    CELL,
                    colour,
                    strength,
                    x + 3,
                    y + 20,
                    p.more().mean()));
        }
        for (int i = 0; i < steps.size(); i++) {
            out.append(String.format(
                    Locale.ROOT, "<text x=\"%d\" y=\"16\">committee %d ‰</text>", i * (side + GAP), steps.get(i)));
            out.append(String.format(
                    Locale.ROOT, "<text x=\"%d\" y=\"%d\">%d</text>", i * CELL, side + GAP + 16, steps.get(i)));
        }
        return out.append("</svg>").toString();
    }

    private static String svg(int width, int height) {
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">",
                width,
                height,
                width,
                height);
    }
}
