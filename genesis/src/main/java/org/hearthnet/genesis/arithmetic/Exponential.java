package org.hearthnet.genesis.arithmetic;

/**
 * The exponential function as a fixed sequence of {@code fma} (specification section 4). Library exponentials differ
 * between platforms by an ULP; this one cannot. Relative error below 2 ULP on [-87, 88].
 *
 * <p>Method: {@code x = n ln2 + r} with {@code |r| <= ln2/2} (Cody and Waite, 1980), Taylor polynomial of degree 7 in
 * {@code r} by Horner's rule, times {@code 2^n}.
 */
public final class Exponential {
    /** Below this the result is +0. */
    public static final float MIN_ARGUMENT = -87f;

    /** Larger arguments are taken as this. */
    public static final float MAX_ARGUMENT = 88f;

    /** log2(e). */
    public static final float LOG2_E = 0x1.715476p0f;

    /** 1.5 * 2^23: adding it rounds a small number to an integer, to nearest even. */
    public static final float ROUNDER = 0x1.8p23f;

    /** Upper part of ln 2. */
    public static final float LN2_HIGH = 0x1.62e4p-1f;

    /** ln 2 minus its upper part. */
    public static final float LN2_LOW = 0x1.7f7d1cp-20f;

    /** 1/7!. */
    public static final float C7 = 1f / 5040f;

    /** 1/6!. */
    public static final float C6 = 1f / 720f;

    /** 1/5!. */
    public static final float C5 = 1f / 120f;

    /** 1/4!. */
    public static final float C4 = 1f / 24f;

    /** 1/3!. */
    public static final float C3 = 1f / 6f;

    /** 1/2!. */
    public static final float C2 = 0.5f;

    private Exponential() {}

    /**
     * e to the power of {@code x}.
     *
     * @throws PoisonException if {@code x} is NaN
     */
    public static float exp(float x) {
        if (Float.isNaN(x)) {
            throw new PoisonException("the argument of exp is NaN");
        }
        if (x < MIN_ARGUMENT) {
            return 0f;
        }
        float a = Math.min(x, MAX_ARGUMENT);
        float shifted = Math.fma(a, LOG2_E, ROUNDER);
        float n = shifted - ROUNDER;
        float r = Math.fma(n, -LN2_HIGH, a);
        r = Math.fma(n, -LN2_LOW, r);
        return polynomial(r) * Float.intBitsToFloat(((int) n + 127) << 23);
    }

    private static float polynomial(float r) {
        float p = Math.fma(C7, r, C6);
        p = Math.fma(p, r, C5);
        p = Math.fma(p, r, C4);
        p = Math.fma(p, r, C3);
        p = Math.fma(p, r, C2);
        p = Math.fma(p, r, 1f);
        return Math.fma(p, r, 1f);
    }
}
