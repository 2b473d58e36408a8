package org.hearthnet.inference.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;

/**
 * The inner loops of {@link VectorAttention} for 8, 4 or 1 queries that share keys and values, so that each cached number
 * is turned into a float once for all of them. Loops are written out for the reason given at {@link GemmTile}.
 */
final class AttentionTile {
    private static final int TILE = HeapKvLayer.TILE;
    private static final int WIDTH = Lanes.WIDTH;

    private AttentionTile() {}

    /**
     * Scores of 8 queries at the 16 positions of a tile.
     *
     * @param page [headDim][16] keys from index {@code keys} on
     * @param q [headDim][8]
     * @param out scores of query i go to {@code at + i * stride}
     */
    static void scores8(short[] page, int keys, int headDim, float[] q, float scale, float[] out, int at, int stride) {
        for (int lane = 0; lane < TILE; lane += WIDTH) {
            FloatVector a0 = FloatVector.zero(Lanes.F);
            FloatVector a1 = a0;
            FloatVector a2 = a0;
            FloatVector a3 = a0;
            FloatVector a4 = a0;
            FloatVector a5 = a0;
            FloatVector a6 = a0;
            FloatVector a7 = a0;
            for (int d = 0; d < headDim; d++) {
                FloatVector key = Lanes.widen(ShortVector.fromArray(Lanes.S, page, keys + d * TILE + lane));
                int i = d * 8;
                a0 = key.fma(FloatVector.broadcast(Lanes.F, q[i]), a0);
                a1 = key.fma(FloatVector.broadcast(Lanes.F, q[i + 1]), a1);
                a2 = key.fma(FloatVector.broadcast(Lanes.F, q[i + 2]), a2);
                a3 = key.fma(FloatVector.broadcast(Lanes.F, q[i + 3]), a3);
                a4 = key.fma(FloatVector.broadcast(Lanes.F, q[i + 4]), a4);
                a5 = key.fma(FloatVector.broadcast(Lanes.F, q[i + 5]), a5);
                a6 = key.fma(FloatVector.broadcast(Lanes.F, q[i + 6]), a6);
                a7 = key.fma(FloatVector.broadcast(Lanes.F, q[i + 7]), a7);
            }
            int to = at + lane;
            a0.mul(scale).intoArray(out, to);
            a1.mul(scale).intoArray(out, to + stride);
            a2.mul(scale).intoArray(out, to + 2 * stride);
            a3.mul(scale).intoArray(out, to + 3 * stride);
            a4.mul(scale).intoArray(out, to + 4 * stride);
            a5.mul(scale).intoArray(out, to + 5 * stride);
            a6.mul(scale).intoArray(out, to + 6 * stride);
            a7.mul(scale).intoArray(out, to + 7 * stride);
        }
    }

    /** The same for 4 queries, [headDim][4]. */
    static void scores4(short[] page, int keys, int headDim, float[] q, float scale, float[] out, int at, int stride) {
        for (int lane = 0; lane < TILE; lane += WIDTH) {
            FloatVector a0 = FloatVector.zero(Lanes.F);
            FloatVector a1 = a0;
            FloatVector a2 = a0;
            FloatVector a3 = a0;
            for (int d = 0; d < headDim; d++) {
                FloatVector key = Lanes.widen(ShortVector.fromArray(Lanes.S, page, keys + d * TILE + lane));
                int i = d * 4;
                a0 = key.fma(FloatVector.broadcast(Lanes.F, q[i]), a0);
                a1 = key.fma(FloatVector.broadcast(Lanes.F, q[i + 1]), a1);
                a2 = key.fma(FloatVector.broadcast(Lanes.F, q[i + 2]), a2);
                a3 = key.fma(FloatVector.broadcast(Lanes.F, q[i + 3]), a3);
            }
            int to = at + lane;
            a0.mul(scale).intoArray(out, to);
            a1.mul(scale).intoArray(out, to + stride);
            a2.mul(scale).intoArray(out, to + 2 * stride);
            a3.mul(scale).intoArray(out, to + 3 * stride);
        }
    }

    /** Scores of one query at the positions of one tile. */
    static void scores1(short[] page, int keys, int headDim, float[] q, float scale, float[] out, int at) {
        for (int lane = 0; lane < TILE; lane += WIDTH) {
            FloatVector a0 = FloatVector.zero(Lanes.F);
            for (int d = 0; d < headDim; d++) {
                FloatVector key = Lanes.widen(ShortVector.fromArray(Lanes.S, page, keys + d * TILE + lane));
                a0 = key.fma(FloatVector.broadcast(Lanes.F, q[d]), a0);
            }
            a0.mul(scale).intoArray(out, at + lane);
        }
    }

    /** Scores of one query at the positions of four tiles in a row: four sums hide each other's latency. */
    static void scores1of4(short[] page, int keys, int headDim, float[] q, float scale, float[] out, int at) {
        int next = headDim * TILE;
        for (int lane = 0; lane < TILE; lane += WIDTH) {
            FloatVector a0 = FloatVector.zero(Lanes.F);
            FloatVector a1 = a0;
            FloatVector a2 = a0;
            FloatVector a3 = a0;
            for (int d = 0; d < headDim; d++) {
                FloatVector query = FloatVector.broadcast(Lanes.F, q[d]);
                int k = keys + d * TILE + lane;
                a0 = Lanes.widen(ShortVector.fromArray(Lanes.S, page, k)).fma(query, a0);
                a1 = Lanes.widen(ShortVector.fromArray(Lanes.S, page, k + next)).fma(query, a1);
                a2 = Lanes.widen(ShortVector.fromArray(Lanes.S, page, k + 2 * next))
                        .fma(query, a2);
                a3 = Lanes.widen(ShortVector.fromArray(Lanes.S, page, k + 3 * next))
                        .fma(query, a3);
            }
            int to = at + lane;
            a0.mul(scale).intoArray(out, to);
            a1.mul(scale).intoArray(out, to + TILE);
            a2.mul(scale).intoArray(out, to + 2 * TILE);
            a3.mul(scale).intoArray(out, to + 3 * TILE);
        }
    }

    /**
     * Adds a chunk's share to {@code Lanes.WIDTH} dimensions of 8 mixes.
     *
     * @param page [count][headDim] values; {@code values} is the index of the first dimension of the first
     * @param w weights of query i from {@code at + i * stride} on
     * @param out the dimensions of query i at {@code to + i * headDim}
     */
    static void mix8(
            short[] page, int values, int headDim, int count, float[] w, int at, int stride, float[] out, int to) {
        FloatVector a0 = FloatVector.zero(Lanes.F);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector a4 = a0;
        FloatVector a5 = a0;
        FloatVector a6 = a0;
        FloatVector a7 = a0;
        for (int p = 0; p < count; p++) {
            FloatVector v = Lanes.widen(ShortVector.fromArray(Lanes.S, page, values + p * headDim));
            int i = at + p;
            a0 = v.fma(FloatVector.broadcast(Lanes.F, w[i]), a0);
            a1 = v.fma(FloatVector.broadcast(Lanes.F, w[i + stride]), a1);
            a2 = v.fma(FloatVector.broadcast(Lanes.F, w[i + 2 * stride]), a2);
            a3 = v.fma(FloatVector.broadcast(Lanes.F, w[i + 3 * stride]), a3);
            a4 = v.fma(FloatVector.broadcast(Lanes.F, w[i + 4 * stride]), a4);
            a5 = v.fma(FloatVector.broadcast(Lanes.F, w[i + 5 * stride]), a5);
            a6 = v.fma(FloatVector.broadcast(Lanes.F, w[i + 6 * stride]), a6);
            a7 = v.fma(FloatVector.broadcast(Lanes.F, w[i + 7 * stride]), a7);
        }
        FloatVector.fromArray(Lanes.F, out, to).add(a0).intoArray(out, to);
        int next = to + headDim;
        FloatVector.fromArray(Lanes.F, out, next).add(a1).intoArray(out, next);
        next += headDim;
        FloatVector.fromArray(Lanes.F, out, next).add(a2).intoArray(out, next);
        next += headDim;
        FloatVector.fromArray(Lanes.F, out, next).add(a3).intoArray(out, next);
        next += headDim;
        FloatVector.fromArray(Lanes.F, out, next).add(a4).intoArray(out, next);
        next += headDim;
        FloatVector.fromArray(Lanes.F, out, next).add(a5).intoArray(out, next);
        next += headDim;
        FloatVector.fromArray(Lanes.F, out, next).add(a6).intoArray(out, next);
        next += headDim;
        FloatVector.fromArray(Lanes.F, out, next).add(a7).intoArray(out, next);
    }

    /** The same for 4 mixes. */
    static void mix4(
            short[] page, int values, int headDim, int count, float[] w, int at, int stride, float[] out, int to) {
        FloatVector a0 = FloatVector.zero(Lanes.F);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        for (int p = 0; p < count; p++) {
            FloatVector v = Lanes.widen(ShortVector.fromArray(Lanes.S, page, values + p * headDim));
            int i = at + p;
            a0 = v.fma(FloatVector.broadcast(Lanes.F, w[i]), a0);
            a1 = v.fma(FloatVector.broadcast(Lanes.F, w[i + stride]), a1);
            a2 = v.fma(FloatVector.broadcast(Lanes.F, w[i + 2 * stride]), a2);
            a3 = v.fma(FloatVector.broadcast(Lanes.F, w[i + 3 * stride]), a3);
        }
        FloatVector.fromArray(Lanes.F, out, to).add(a0).intoArray(out, to);
        int next = to + headDim;
        FloatVector.fromArray(Lanes.F, out, next).add(a1).intoArray(out, next);
        next += headDim;
        FloatVector.fromArray(Lanes.F, out, next).add(a2).intoArray(out, next);
        next += headDim;
        FloatVector.fromArray(Lanes.F, out, next).add(a3).intoArray(out, next);
    }

    /** The same for one mix. */
    static void mix1(short[] page, int values, int headDim, int count, float[] w, int at, float[] out, int to) {
        FloatVector a0 = FloatVector.zero(Lanes.F);
        for (int p = 0; p < count; p++) {
            FloatVector v = Lanes.widen(ShortVector.fromArray(Lanes.S, page, values + p * headDim));
            a0 = v.fma(FloatVector.broadcast(Lanes.F, w[at + p]), a0);
        }
        FloatVector.fromArray(Lanes.F, out, to).add(a0).intoArray(out, to);
    }

    /** Four vectors of dimensions of one mix. */
    static void mix1of4(short[] page, int values, int headDim, int count, float[] w, int at, float[] out, int to) {
        FloatVector a0 = FloatVector.zero(Lanes.F);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        for (int p = 0; p < count; p++) {
            FloatVector weight = FloatVector.broadcast(Lanes.F, w[at + p]);
            int i = values + p * headDim;
            a0 = Lanes.widen(ShortVector.fromArray(Lanes.S, page, i)).fma(weight, a0);
            a1 = Lanes.widen(ShortVector.fromArray(Lanes.S, page, i + WIDTH)).fma(weight, a1);
            a2 = Lanes.widen(ShortVector.fromArray(Lanes.S, page, i + 2 * WIDTH))
                    .fma(weight, a2);
            a3 = Lanes.widen(ShortVector.fromArray(Lanes.S, page, i + 3 * WIDTH))
                    .fma(weight, a3);
        }
        FloatVector.fromArray(Lanes.F, out, to).add(a0).intoArray(out, to);
        FloatVector.fromArray(Lanes.F, out, to + WIDTH).add(a1).intoArray(out, to + WIDTH);
        FloatVector.fromArray(Lanes.F, out, to + 2 * WIDTH).add(a2).intoArray(out, to + 2 * WIDTH);
        FloatVector.fromArray(Lanes.F, out, to + 3 * WIDTH).add(a3).intoArray(out, to + 3 * WIDTH);
    }
}
