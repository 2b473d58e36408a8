package org.hearthnet.genesis.arithmetic;

/** Scaled dot-product attention of one query head (Vaswani et al., 2017; specification section 11). */
public final class Attention {
    private Attention() {}

    /** The first position that {@code position} attends to; {@code window} is 0 for all of them. */
    public static int first(int position, int window) {
        return window == 0 ? 0 : Math.max(0, position - window + 1);
    }

    /** {@code 1 / sqrt(headDim)}, each step rounded to fp32. */
    public static float scale(int headDim) {
        return 1f / (float) Math.sqrt((float) headDim);
    }

    /** One score: sequential {@code fma} over [headDim] from +0, then times {@code scale}. */
    public static float score(float[] query, float[] key, float scale) {
        return score(query, 0, key, 0, query.length, scale);
    }

    /** The same for heads inside larger arrays. */
    public static float score(float[] query, int queryOffset, float[] key, int keyOffset, int headDim, float scale) {
        float acc = 0f;
        for (int d = 0; d < headDim; d++) {
            acc = Math.fma(query[queryOffset + d], key[keyOffset + d], acc);
        }
        return Poison.check(acc * scale, "attention score");
    }

    /**
     * Softmax of the scores of one head: {@code e_i = exp(s_i - max)}, total by {@link LaneSum#chunkedSum}, {@code w_i =
     * e_i / total}.
     *
     * @param scores [positions], at least one
     */
    public static float[] weights(float[] scores) {
        float[] out = scores.clone();
        weights(out, 0, out.length, 0);
        return out;
    }

    /**
     * The same in place. Positions before {@code first} are masked: they are left out of the maximum, and their weight is
     * +0.
     */
    public static void weights(float[] scores, int offset, int length, int first) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = offset + first; i < offset + length; i++) {
            max = Math.max(max, Poison.check(scores[i], "attention score"));
        }
        for (int i = offset; i < offset + length; i++) {
            scores[i] = i < offset + first ? 0f : Exponential.exp(scores[i] - max);
        }
        float total = LaneSum.chunkedSum(scores, offset, length);
        for (int i = offset; i < offset + length; i++) {
            scores[i] = scores[i] / total;
        }
    }

    /** One element of the mix: chunk results added in order to a total that starts at +0. */
    public static float mix(float[] weights, float[] column) {
        float total = 0f;
        for (int from = 0; from < weights.length; from += Arithmetic.CHUNK) {
            total = total + mixChunk(weights, column, from, Math.min(weights.length, from + Arithmetic.CHUNK));
        }
        return Poison.check(total, "attention mix");
    }

    /**
     * One chunk of one element: sequential {@code fma} over positions {@code from} to {@code to} (exclusive), from +0.
     *
     * @param column the element's cached values, [positions]
     */
    public static float mixChunk(float[] weights, float[] column, int from, int to) {
        float acc = 0f;
        for (int p = from; p < to; p++) {
            acc = Math.fma(weights[p], column[p], acc);
        }
        return acc;
    }
}
