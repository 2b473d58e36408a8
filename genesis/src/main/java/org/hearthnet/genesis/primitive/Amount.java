package org.hearthnet.genesis.primitive;

/**
 * A non-negative number of credits in the smallest unit, the <em>spark</em>; one credit is {@value #SPARKS_PER_CREDIT}
 * sparks. All operations are checked: overflow and negative results are errors, never wrapped.
 */
public record Amount(long sparks) implements Comparable<Amount> {
    /** Sparks in one credit. */
    public static final long SPARKS_PER_CREDIT = 1_000_000;

    /** Nothing. */
    public static final Amount ZERO = new Amount(0);

    /** Checks that the amount is not negative. */
    public Amount {
        if (sparks < 0) {
            throw new ArithmeticException("an amount cannot be negative: " + sparks);
        }
    }

    /** {@code sparks} smallest units. */
    public static Amount of(long sparks) {
        return new Amount(sparks);
    }

    /** {@code credits} whole credits. */
    public static Amount credits(long credits) {
        return new Amount(Math.multiplyExact(credits, SPARKS_PER_CREDIT));
    }

    /** Sum; {@link ArithmeticException} on overflow. */
    public Amount plus(Amount other) {
        return new Amount(Math.addExact(sparks, other.sparks));
    }

    /** Difference; {@link ArithmeticException} if {@code other} is larger. */
    public Amount minus(Amount other) {
        return new Amount(Math.subtractExact(sparks, other.sparks));
    }

    /** Product; {@link ArithmeticException} on overflow. */
    public Amount times(long factor) {
        return new Amount(Math.multiplyExact(sparks, factor));
    }

    /** {@code this * numerator / denominator}, rounded down; exact in between, error if the result overflows. */
    public Amount fraction(long numerator, long denominator) {
        if (numerator < 0 || denominator <= 0) {
            throw new ArithmeticException("not a fraction: " + numerator + "/" + denominator);
        }
        long high = Math.multiplyHigh(sparks, numerator);
        if (high == 0 && sparks * numerator >= 0) {
            return new Amount(sparks * numerator / denominator);
        }
        var product = java.math.BigInteger.valueOf(sparks).multiply(java.math.BigInteger.valueOf(numerator));
        return new Amount(
                product.divide(java.math.BigInteger.valueOf(denominator)).longValueExact());
    }

    /** The smaller of the two. */
    public Amount min(Amount other) {
        return sparks <= other.sparks ? this : other;
    }

    /** Whether this is zero. */
    public boolean isZero() {
        return sparks == 0;
    }

    @Override
    public int compareTo(Amount o) {
        return Long.compare(sparks, o.sparks);
    }

    /** Credits with as many decimals as needed, for people. */
    @Override
    public String toString() {
        return java.math.BigDecimal.valueOf(sparks, 6).stripTrailingZeros().toPlainString();
    }
}
