package org.hearthnet.genesis.arithmetic;

/**
 * Rotary position embedding (Su et al., 2021; specification section 10). Angles are computed in double by
 * {@link StrictMath} and rounded to fp32 once, so devices get tables from the host instead of computing them.
 */
public final class Rope {
    private Rope() {}

    /** cos of the angle of pair {@code i} at {@code position}. */
    public static float cosine(RopeParameters rope, int position, int i) {
        return (float) StrictMath.cos(rope.angle(position, i));
    }

    /** sin of the angle of pair {@code i} at {@code position}. */
    public static float sine(RopeParameters rope, int position, int i) {
        return (float) StrictMath.sin(rope.angle(position, i));
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
     * Rotates the first {@code rope.dimensions()} elements of one head in place; the rest stays.
     *
     * @param x the head starts at {@code offset}
     */
    public static void rotate(RopeParameters rope, float[] x, int offset, int position) {
        for (int i = 0; i < rope.dimensions() / 2; i++) {
            int first = offset + rope.layout().first(i);
            int second = offset + rope.layout().second(i, rope.dimensions());
            float cosine = cosine(rope, position, i);
            float sine = sine(rope, position, i);
            float a = x[first];
            float b = x[second];
            x[first] = Poison.check(first(a, b, cosine, sine), "rotated element");
            x[second] = Poison.check(second(a, b, cosine, sine), "rotated element");
        }
    }
}
