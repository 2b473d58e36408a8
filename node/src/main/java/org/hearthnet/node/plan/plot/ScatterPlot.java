package org.hearthnet.node.plan.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Points in two dimensions on logarithmic axes, as an SVG document. The same points give the same bytes everywhere. */
public final class ScatterPlot {
    /** Most points of one series: a picture shows no more. */
    public static final int MAX_POINTS = 20_000;

    private static final int WIDTH = 900;
    private static final int HEIGHT = 560;
    private static final int LEFT = 80;
    private static final int RIGHT = 20;
    private static final int TOP = 46;
    private static final int BOTTOM = 56;
    private static final int LEGEND_LINE = 18;

    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final List<Series> series = new ArrayList<>();

    /** A point. */
    public record Point(double x, double y) {}

    private record Series(String name, String colour, double radius, boolean joined, List<Point> points) {}

    /** An empty picture. */
    public ScatterPlot(String title, String xLabel, String yLabel) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    /** Adds points; {@code joined} draws steps between them, as a front has. Later series lie on top. */
    public ScatterPlot with(String name, String colour, double radius, boolean joined, List<Point> points) {
        if (points.size() > MAX_POINTS) {
            throw new IllegalArgumentException(points.size() + " points are over the limit of " + MAX_POINTS);
        }
        series.add(new Series(name, colour, radius, joined, List.copyOf(points)));
        return this;
    }

    /** The document. There must be at least one point, and all coordinates must be more than zero. */
    public String svg() {
        Axis x = Axis.around(xLabel, all(Point::x), LEFT, WIDTH - RIGHT);
        Axis y = Axis.around(yLabel, all(Point::y), HEIGHT - BOTTOM, TOP);
        StringBuilder out = new StringBuilder();
        line(
                out,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH,
                HEIGHT);
        line(out, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, HEIGHT);
        text(out, WIDTH / 2.0, 24, "middle", "font-size=\"15\"", title);
        grid(out, x, y);
        series.forEach(s -> draw(out, s, x, y));
        legend(out);
        line(out, "</svg>");
        return out.toString();
    }

    private double[] all(ToDoubleFunction<Point> coordinate) {
        double[] out = series.stream()
                .flatMap(s -> s.points().stream())
                .mapToDouble(coordinate)
                .toArray();
        if (out.length == 0) {
            throw new IllegalArgumentException("a picture without points");
        }
        return out;
    }

    private static void grid(StringBuilder out, Axis x, Axis y) {
        for (double tick : x.ticks()) {
            double at = x.place(tick);
            stroke(out, at, TOP, at, HEIGHT - BOTTOM);
            text(out, at, HEIGHT - BOTTOM + 16, "middle", "", Axis.text(tick));
        }
        for (double tick : y.ticks()) {
            double at = y.place(tick);
            stroke(out, LEFT, at, WIDTH - RIGHT, at);
            text(out, LEFT - 6, at + 4, "end", "", Axis.text(tick));
        }
        text(out, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 14, "middle", "", x.label());
        double middle = (TOP + HEIGHT - BOTTOM) / 2.0;
        text(
                out,
                18,
                middle,
                "middle",
                String.format(Locale.ROOT, "transform=\"rotate(-90 18 %.1f)\"", middle),
                y.label());
    }

    private static void draw(StringBuilder out, Series s, Axis x, Axis y) {
        if (s.joined() && !s.points().isEmpty()) {
            StringBuilder path = new StringBuilder();
            for (Point p : s.points()) {
                path.append(
                        path.isEmpty()
                                ? String.format(Locale.ROOT, "M%.1f %.1f", x.place(p.x()), y.place(p.y()))
                                : String.format(Locale.ROOT, " H%.1f V%.1f", x.place(p.x()), y.place(p.y())));
            }
            line(out, "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>", path, s.colour());
        }
        for (Point p : s.points()) {
            line(
                    out,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"/>",
                    x.place(p.x()),
                    y.place(p.y()),
                    s.radius(),
                    s.colour());
        }
    }

    private void legend(StringBuilder out) {
        int at = TOP + LEGEND_LINE;
        for (Series s : series) {
            line(out, "<circle cx=\"%d\" cy=\"%d\" r=\"4\" fill=\"%s\"/>", WIDTH - RIGHT - 10, at - 4, s.colour());
            text(out, WIDTH - RIGHT - 20, at, "end", "", s.name());
            at += LEGEND_LINE;
        }
    }

    private static void stroke(StringBuilder out, double x1, double y1, double x2, double y2) {
        line(out, "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"#e0e0e0\"/>", x1, y1, x2, y2);
    }

    private static void text(StringBuilder out, double x, double y, String anchor, String extra, String text) {
        line(
                out,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>",
                x,
                y,
                anchor,
                extra,
                text.replace("&", "&amp;").replace("<", "&lt;"));
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
