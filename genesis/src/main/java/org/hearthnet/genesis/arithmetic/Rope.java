package org.hearthnet.genesis.arithmetic;

/**
 * Rotary position embedding (Su et al., 2021) in the interleaved layout of GGUF llama files: elements 2i and 2i+1 form
 * a pair (specification section 10). Angles are computed in double by {@link StrictMath} and rounded to fp32 once, so
 * devices get tables from the host instead of computing them.
 */
public final class Rope {
    private Rope() {}

    /** cos of the angle of pair {@code i} at {@code position}. */
    public static float cosine(int position, int i, int dimensions, float base) {
        return (float) StrictMath.cos(angle(position, i, dimensions, base));
    }

    /** sin of the angle of pair {@code i} at {@code position}. */
    public static float sine(int position, int i, int dimensions, float base) {
        return (float) StrictMath.sin(angle(position, i, dimensions, base));
    }

    private static double angle(int position, int i, int dimensions, float base) {
        return position * StrictMath.pow(base, -2.0 * i / dimensions);
    }

    /** First element of a rotated pair: {@code fma(a, cos, -(b * sin))}. */
    public static float first(float a, float b, float cosine, float sine) {
        return Math.fma(a, cosine, -(b * sine));
    }

    /** Second element of a rotated pair: {@code fma(a, sin, b * cos)}. */
    public static float second(float a, float b, float cosine, float sine) {
        return Math.fma(a, sine, b * cosine);
    }

    /**
     * Rotates the first {@code dimensions} elements of one head in place; the rest stays.
     *
     * @param x the head starts at {@code offset}
     */
    public static void rotate(float[] x, int offset, int dimensions, int position, float base) {
        for (int i = 0; i < dimensions / 2; i++) {
            float cosine = cosine(position, i, dimensions, base);
            float sine = sine(position, i, dimensions, base);
            float a = x[offset + 2 * i];
            float b = x[offset + 2 * i + 1];
            x[offset + 2 * i] = Poison.check(first(a, b, cosine, sine), "rotated element");
            x[offset + 2 * i + 1] = Poison.check(second(a, b, cosine, sine), "rotated element");
        }
    }
}
