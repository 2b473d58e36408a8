package org.hearthnet.genesis.arithmetic;

/** Root mean square normalisation (Zhang and Sennrich, 2019; specification section 9). */
public final class RmsNorm {
    private RmsNorm() {}

    /**
     * The factor {@code 1 / sqrt(ss / n + eps)}, {@code ss} by {@link LaneSum#sumOfSquares}; division, square root and
     * reciprocal each round once.
     *
     * @throws PoisonException if the sum of squares overflows
     */
    public static float factor(float[] x, int offset, int length, float epsilon) {
        return factor(LaneSum.sumOfSquares(x, offset, length), length, epsilon);
    }

    /**
     * The factor of a vector of {@code length} elements with this sum of squares.
     *
     * @throws PoisonException if it has overflowed
     */
    public static float factor(float squares, int length, float epsilon) {
        Poison.check(squares, "sum of squares");
        return 1f / (float) Math.sqrt(squares / (float) length + epsilon);
    }

    /** One element: {@code (x * factor) * weight}. */
    public static float element(float x, float factor, float weight) {
        return Poison.check(x * factor * weight, "norm");
    }

    /** All elements: {@code x} [length] from {@code offset}, {@code weight} [length], {@code out} from {@code to}. */
    public static void apply(float[] x, int offset, int length, float[] weight, float epsilon, float[] out, int to) {
        float factor = factor(x, offset, length, epsilon);
        for (int i = 0; i < length; i++) {
            out[to + i] = element(x[offset + i], factor, weight[i]);
        }
    }
}
