package org.hearthnet.node.plan.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** A logarithmic axis from {@code least} to {@code most}, both more than zero, drawn from {@code start} to {@code end}. */
record Axis(String label, double least, double most, double start, double end) {
    private static final double MARGIN = 1.15;
    private static final int[] STEPS = {1, 2, 5};

    /** Wide enough for {@code values}. */
    static Axis around(String label, double[] values, double start, double end) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (double v : values) {
            if (!(v > 0) || Double.isInfinite(v)) {
                throw new IllegalArgumentException("a logarithmic axis has no place for " + v);
            }
            least = Math.min(least, v);
            most = Math.max(most, v);
        }
        return new Axis(label, least / MARGIN, most * MARGIN, start, end);
    }

    double place(double value) {
        return start + (end - start) * Math.log(value / least) / Math.log(most / least);
    }

    /** 1, 2 and 5 times the powers of ten on it. */
    List<Double> ticks() {
        List<Double> out = new ArrayList<>();
        for (double decade = Math.pow(10, Math.floor(Math.log10(least))); decade <= most; decade *= 10) {
            for (int step : STEPS) {
                if (decade * step >= least && decade * step <= most) {
                    out.add(decade * step);
                }
            }
        }
        return out;
    }

    static String text(double tick) {
        return new BigDecimal(tick)
                .round(new MathContext(2))
                .stripTrailingZeros()
                .toPlainString();
    }
}
