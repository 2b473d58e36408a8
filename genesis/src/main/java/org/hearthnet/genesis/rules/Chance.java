package org.hearthnet.genesis.rules;

/**
 * Probabilities as whole numbers: billionths, so that every replica and every reader computes the same. Each function says
 * which way it rounds; what protects the network rounds against whoever it protects from.
 */
public final class Chance {
    /** What surely happens. */
    public static final long ONE = 1_000_000_000L;

    private static final long BILLIONTHS_OF_THOUSANDTH = ONE / AuditRate.FULL;

    private Chance() {}

    /** {@code thousandths} as billionths. */
    public static long of(int thousandths) {
        return check(thousandths * BILLIONTHS_OF_THOUSANDTH);
    }

    /** That both of two independent things happen, rounded down. */
    public static long and(long a, long b) {
        return check(a) * check(b) / ONE; // at most 10^18
    }

    /** The same, rounded up. */
    public static long andUp(long a, long b) {
        return (check(a) * check(b) + ONE - 1) / ONE;
    }

    /** That it does not happen. */
    public static long not(long a) {
        return ONE - check(a);
    }

    /** That it happens every one of {@code times} times, each step rounded up; by repeated squaring. */
    public static long everyTimeUp(long a, long times) {
        if (times < 0) {
            throw new IllegalArgumentException("a negative number of times: " + times);
        }
        long out = ONE;
        long square = check(a);
        for (long left = times; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                out = andUp(out, square);
            }
            square = andUp(square, square);
        }
        return out;
    }

    private static long check(long a) {
        if (a < 0 || a > ONE) {
            throw new IllegalArgumentException(a + " billionths are no probability");
        }
        return a;
    }
}
