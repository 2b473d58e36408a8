package org.hearthnet.inference.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.hearthnet.genesis.arithmetic.Half;
import org.hearthnet.genesis.arithmetic.Poison;
import org.hearthnet.genesis.arithmetic.PoisonException;

/**
 * Attention of up to {@link #QUERIES} queries to one key-value head of one sequence: scores with positions in lanes, the
 * mix with dimensions in lanes. The queries may belong to several heads of the group and to several positions. All are
 * computed for the positions that any of them sees; where one does not see a position its weight is +0, which adds
 * nothing to a sum, not even to its sign. One object for one thread, which keeps its working memory.
 */
final class VectorAttention {
    /** Queries that share the keys and values. */
    static final int QUERIES = 8;

    private static final int FEW = 4;
    private static final int PAGE = KvLayer.PAGE;
    private static final int TILE = HeapKvLayer.TILE;

    /** [headDim][queries]. */
    private float[] queries = new float[0];
    /** [queries][positions from {@link #base} on in whole tiles]. */
    private float[] weights = new float[0];
    /** [queries][headDim]. */
    private float[] mixed = new float[0];
    /** The first position of the first chunk that any query sees. */
    private int base;
    /** Positions from {@link #base} on that any query sees. */
    private int seen;

    private int stride;

    /** One query: the head that starts at {@code at}, of a row at {@code position}. */
    record Query(int at, int position) {}

    /** Computes {@code out} at the places of {@code batch}. */
    void run(AttentionShape shape, float[] q, float[] out, HeapKvLayer cache, int kvHead, Query[] batch) {
        int lanes = batch.length > FEW ? QUERIES : batch.length > 1 ? FEW : 1;
        begin(shape, q, batch, lanes);
        scores(shape, cache, kvHead, lanes);
        for (int i = 0; i < batch.length; i++) {
            softmax(i * stride, shape.first(batch[i].position()) - base, batch[i].position() + 1 - base);
        }
        mix(shape, cache, kvHead, lanes, batch.length);
        for (int i = 0; i < batch.length; i++) {
            store(i * shape.headDim(), shape.headDim(), out, batch[i].at());
        }
    }

    private void begin(AttentionShape shape, float[] q, Query[] batch, int lanes) {
        int first = Integer.MAX_VALUE;
        int last = 0;
        for (Query query : batch) {
            first = Math.min(first, shape.first(query.position()));
            last = Math.max(last, query.position());
        }
        base = first / PAGE * PAGE;
        seen = last + 1 - base;
        stride = (seen + TILE - 1) / TILE * TILE;
        int dim = shape.headDim();
        queries = atLeast(queries, lanes * dim);
        weights = atLeast(weights, lanes * stride);
        mixed = atLeast(mixed, lanes * dim);
        for (int i = 0; i < lanes; i++) {
            // Lanes without a query compute the last one again: it costs nothing, and its numbers are sound.
            int at = batch[Math.min(i, batch.length - 1)].at();
            for (int d = 0; d < dim; d++) {
                queries[d * lanes + i] = q[at + d];
            }
        }
        Arrays.fill(mixed, 0, lanes * dim, 0f);
    }

    private static float[] atLeast(float[] array, int length) {
        // Half as much again, so that a growing sequence does not need a new array at every step.
        return array.length >= length ? array : new float[length + length / 2];
    }

    private void scores(AttentionShape shape, HeapKvLayer cache, int kvHead, int lanes) {
        int dim = shape.headDim();
        float scale = shape.scale();
        int tile = 0;
        while (tile < seen) {
            short[] page = cache.keyPage((base + tile) / PAGE);
            int keys = cache.keyIndex(kvHead, base + tile, 0);
            if (lanes == QUERIES) {
                AttentionTile.scores8(page, keys, dim, queries, scale, weights, tile, stride);
            } else if (lanes == FEW) {
                AttentionTile.scores4(page, keys, dim, queries, scale, weights, tile, stride);
            } else if (tile + 4 * TILE <= stride && tile % PAGE + 4 * TILE <= PAGE) {
                AttentionTile.scores1of4(page, keys, dim, queries, scale, weights, tile);
                tile += 3 * TILE;
            } else {
                AttentionTile.scores1(page, keys, dim, queries, scale, weights, tile);
            }
            tile += TILE;
        }
    }

    /** Of the scores from {@code at} on, those from {@code first} to {@code end} count; the weights of others become +0. */
    private void softmax(int at, int first, int end) {
        float max = maximum(at + first, at + end);
        FloatVector shift = FloatVector.broadcast(Lanes.F, max);
        for (int i = first / Lanes.WIDTH * Lanes.WIDTH; i < end; i += Lanes.WIDTH) {
            Lanes.exp(FloatVector.fromArray(Lanes.F, weights, at + i).sub(shift))
                    .intoArray(weights, at + i);
        }
        // Before the sums: with +0 they keep their lanes and chunks. Before the mix: others of the batch may see more.
        Arrays.fill(weights, at, at + first, 0f);
        Arrays.fill(weights, at + end, at + stride, 0f);
        FloatVector total = FloatVector.broadcast(Lanes.F, Lanes.chunkedSum(weights, at, end));
        for (int i = 0; i < end; i += Lanes.WIDTH) {
            FloatVector.fromArray(Lanes.F, weights, at + i).div(total).intoArray(weights, at + i);
        }
    }

    private float maximum(int from, int to) {
        FloatVector high = FloatVector.broadcast(Lanes.F, weights[from]);
        FloatVector low = high;
        int i = from;
        for (; i + Lanes.WIDTH <= to; i += Lanes.WIDTH) {
            FloatVector v = FloatVector.fromArray(Lanes.F, weights, i);
            high = high.max(v);
            low = low.min(v);
        }
        float max = high.reduceLanes(VectorOperators.MAX);
        float min = low.reduceLanes(VectorOperators.MIN);
        for (; i < to; i++) {
            max = Math.max(max, weights[i]);
            min = Math.min(min, weights[i]);
        }
        if (!Poison.isSound(max) || !Poison.isSound(min)) {
            throw new PoisonException("attention score is NaN, infinite or too large");
        }
        return max;
    }

    private void mix(AttentionShape shape, HeapKvLayer cache, int kvHead, int lanes, int count) {
        int dim = shape.headDim();
        for (int from = 0; from < seen; from += PAGE) {
            short[] page = cache.valuePage((base + from) / PAGE);
            int values = cache.valueIndex(kvHead, base + from);
            int length = Math.min(PAGE, seen - from);
            int d = 0;
            for (; lanes == 1 && d + 4 * Lanes.WIDTH <= dim; d += 4 * Lanes.WIDTH) {
                AttentionTile.mix1of4(page, values + d, dim, length, weights, from, mixed, d);
            }
            for (; d + Lanes.WIDTH <= dim; d += Lanes.WIDTH) {
                switch (lanes) {
                    case QUERIES -> AttentionTile.mix8(page, values + d, dim, length, weights, from, stride, mixed, d);
                    case FEW -> AttentionTile.mix4(page, values + d, dim, length, weights, from, stride, mixed, d);
                    default -> AttentionTile.mix1(page, values + d, dim, length, weights, from, mixed, d);
                }
            }
            for (; d < dim; d++) {
                for (int i = 0; i < count; i++) {
                    mixed[i * dim + d] += mixScalar(page, values + d, dim, length, i * stride + from);
                }
            }
        }
    }

    private float mixScalar(short[] page, int values, int dim, int length, int at) {
        float acc = 0f;
        for (int p = 0; p < length; p++) {
            acc = Math.fma(weights[at + p], Half.toFloat(page[values + p * dim]), acc);
        }
        return acc;
    }

    private void store(int from, int length, float[] out, int at) {
        int d = 0;
        for (; d + Lanes.WIDTH <= length; d += Lanes.WIDTH) {
            FloatVector v = FloatVector.fromArray(Lanes.F, mixed, from + d);
            Lanes.check(v, "attention mix");
            v.intoArray(out, at + d);
        }
        for (; d < length; d++) {
            out[at + d] = Poison.check(mixed[from + d], "attention mix");
        }
    }
}
