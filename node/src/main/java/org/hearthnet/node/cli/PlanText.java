package org.hearthnet.node.cli;

import java.math.BigDecimal;
import java.math.MathContext;

/** The planner's numbers as people read them. */
final class PlanText {
    private static final int DIGITS = 3;
    private static final double LARGE = 1000;

    private PlanText() {}

    /** Three digits, or all digits of a whole number. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        if (Math.abs(value) >= LARGE || value == Math.rint(value)) {
            return BigDecimal.valueOf(Math.rint(value)).toBigInteger().toString();
        }
        return new BigDecimal(value).round(new MathContext(DIGITS)).toPlainString();
    }

    /** Milliseconds of seconds. */
    static String millis(double seconds) {
        return number(seconds * 1000);
    }

    /** Gigabytes of bytes. */
    static String gigabytes(double bytes) {
        return number(bytes / 1e9);
    }
}
