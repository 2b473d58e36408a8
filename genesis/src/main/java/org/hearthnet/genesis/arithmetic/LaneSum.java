package org.hearthnet.genesis.arithmetic;

/**
 * Sums in a fixed order that every vector width can follow (specification section 3): element {@code i} goes to
 * partial sum {@code i mod 16}, in ascending order; the sixteen partial sums, which start at +0, are folded in halves:
 * {@code p[j] + p[j + 8]}, then 4, 2, 1.
 */
public final class LaneSum {
    private LaneSum() {}

    /** Sum of {@code length} values from {@code offset}. */
    public static float sum(float[] values, int offset, int length) {
        float[] partial = new float[Arithmetic.LANES];
        for (int i = 0; i < length; i++) {
            int lane = i & (Arithmetic.LANES - 1);
            partial[lane] = partial[lane] + values[offset + i];
        }
        return fold(partial);
    }

    /** Sum of squares: each square is added to its partial sum by one {@code fma}. */
    public static float sumOfSquares(float[] values, int offset, int length) {
        float[] partial = new float[Arithmetic.LANES];
        addSquares(partial, 0, 0, values, offset, length);
        return fold(partial);
    }

    /**
     * Goes on with a sum of squares: adds those of the elements from {@code index} on, so that a vector's parts may lie on
     * several machines.
     *
     * @param partial sixteen partial sums of the elements before, from {@code at}
     */
    public static void addSquares(float[] partial, int at, int index, float[] values, int offset, int length) {
        for (int i = 0; i < length; i++) {
            int lane = at + ((index + i) & (Arithmetic.LANES - 1));
            float v = values[offset + i];
            partial[lane] = Math.fma(v, v, partial[lane]);
        }
    }

    /** Sums of chunks of {@value Arithmetic#CHUNK} values, added in order to a total that starts at +0. */
    public static float chunkedSum(float[] values, int offset, int length) {
        float total = 0f;
        for (int from = 0; from < length; from += Arithmetic.CHUNK) {
            total = total + sum(values, offset + from, Math.min(Arithmetic.CHUNK, length - from));
        }
        return total;
    }

    /** Folds sixteen partial sums in halves; overwrites the array. */
    public static float fold(float[] partial) {
        for (int half = Arithmetic.LANES / 2; half > 0; half /= 2) {
            for (int j = 0; j < half; j++) {
                partial[j] = partial[j] + partial[j + half];
            }
        }
        return partial[0];
    }
}
