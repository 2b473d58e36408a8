package org.hearthnet.inference.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import org.hearthnet.genesis.arithmetic.Half;
import org.hearthnet.genesis.arithmetic.Poison;
import org.hearthnet.genesis.arithmetic.PoisonException;

/** Attention of one query head: scores with positions in lanes, the mix with dimensions in lanes. */
final class VectorAttention {
    private static final int PAGE = KvLayer.PAGE;
    private static final int TILE = HeapKvLayer.TILE;

    private final AttentionShape shape;
    private final HeapKvLayer cache;
    private final int kvHead;
    private final int positions;
    /** The first position that is not masked. */
    private final int first;
    /** Whole tiles, so that lanes past the last position have room. */
    private final float[] weights;

    private VectorAttention(AttentionShape shape, HeapKvLayer cache, int kvHead, int positions) {
        this.shape = shape;
        this.cache = cache;
        this.kvHead = kvHead;
        this.positions = positions;
        this.first = shape.first(positions - 1);
        this.weights = new float[(positions + TILE - 1) / TILE * TILE];
    }

    /** Attention of the head at {@code q[at..]} into {@code out[at..]}. */
    static void head(AttentionShape shape, float[] q, float[] out, int at, int head, HeapKvLayer cache, int position) {
        var attention = new VectorAttention(shape, cache, shape.kvHead(head), position + 1);
        attention.scores(q, at);
        attention.softmax();
        attention.mix(out, at);
    }

    private void scores(float[] q, int at) {
        float scale = shape.scale();
        for (int tile = first / TILE * TILE; tile < positions; tile += TILE) {
            short[] page = cache.keyPage(tile / PAGE);
            int keys = cache.keyIndex(kvHead, tile, 0);
            for (int lane = 0; lane < TILE; lane += Lanes.WIDTH) {
                FloatVector acc = FloatVector.zero(Lanes.F);
                for (int d = 0; d < shape.headDim(); d++) {
                    FloatVector key = Lanes.widen(ShortVector.fromArray(Lanes.S, page, keys + d * TILE + lane));
                    acc = FloatVector.broadcast(Lanes.F, q[at + d]).fma(key, acc);
                }
                acc.mul(scale).intoArray(weights, tile + lane);
            }
        }
    }

    private void softmax() {
        // Lanes past the end hold scores of whatever the cache has there: they must not reach the sums.
        float max = maximum();
        FloatVector shift = FloatVector.broadcast(Lanes.F, max);
        for (int i = first / Lanes.WIDTH * Lanes.WIDTH; i < weights.length; i += Lanes.WIDTH) {
            Lanes.exp(FloatVector.fromArray(Lanes.F, weights, i).sub(shift)).intoArray(weights, i);
        }
        // Masked weights are +0: with them the sums keep their lanes and chunks.
        java.util.Arrays.fill(weights, 0, first, 0f);
        FloatVector total = FloatVector.broadcast(Lanes.F, Lanes.chunkedSum(weights, 0, positions));
        for (int i = 0; i < weights.length; i += Lanes.WIDTH) {
            FloatVector.fromArray(Lanes.F, weights, i).div(total).intoArray(weights, i);
        }
    }

    private float maximum() {
        FloatVector high = FloatVector.broadcast(Lanes.F, weights[first]);
        FloatVector low = high;
        int i = first;
        for (; i + Lanes.WIDTH <= positions; i += Lanes.WIDTH) {
            FloatVector v = FloatVector.fromArray(Lanes.F, weights, i);
            high = high.max(v);
            low = low.min(v);
        }
        float max = high.reduceLanes(VectorOperators.MAX);
        float min = low.reduceLanes(VectorOperators.MIN);
        for (; i < positions; i++) {
            max = Math.max(max, weights[i]);
            min = Math.min(min, weights[i]);
        }
        if (!Poison.isSound(max) || !Poison.isSound(min)) {
            throw new PoisonException("attention score is NaN, infinite or too large");
        }
        return max;
    }

    private void mix(float[] out, int at) {
        int d = 0;
        for (; d + 2 * Lanes.WIDTH <= shape.headDim(); d += 2 * Lanes.WIDTH) {
            mixTwo(out, at, d);
        }
        for (; d + Lanes.WIDTH <= shape.headDim(); d += Lanes.WIDTH) {
            mixOne(out, at, d);
        }
        for (; d < shape.headDim(); d++) {
            mixScalar(out, at, d);
        }
    }

    private void mixTwo(float[] out, int at, int d) {
        FloatVector total0 = FloatVector.zero(Lanes.F);
        FloatVector total1 = total0;
        for (int from = first / PAGE * PAGE; from < positions; from += PAGE) {
            short[] page = cache.valuePage(from / PAGE);
            int base = cache.valueIndex(kvHead, from) + d;
            FloatVector acc0 = FloatVector.zero(Lanes.F);
            FloatVector acc1 = acc0;
            int count = Math.min(PAGE, positions - from);
            for (int p = 0; p < count; p++) {
                FloatVector weight = FloatVector.broadcast(Lanes.F, weights[from + p]);
                int i = base + p * shape.headDim();
                acc0 = weight.fma(Lanes.widen(ShortVector.fromArray(Lanes.S, page, i)), acc0);
                acc1 = weight.fma(Lanes.widen(ShortVector.fromArray(Lanes.S, page, i + Lanes.WIDTH)), acc1);
            }
            total0 = total0.add(acc0);
            total1 = total1.add(acc1);
        }
        finish(total0, out, at + d);
        finish(total1, out, at + d + Lanes.WIDTH);
    }

    private void mixOne(float[] out, int at, int d) {
        FloatVector total = FloatVector.zero(Lanes.F);
        for (int from = first / PAGE * PAGE; from < positions; from += PAGE) {
            short[] page = cache.valuePage(from / PAGE);
            int base = cache.valueIndex(kvHead, from) + d;
            FloatVector acc = FloatVector.zero(Lanes.F);
            int count = Math.min(PAGE, positions - from);
            for (int p = 0; p < count; p++) {
                FloatVector weight = FloatVector.broadcast(Lanes.F, weights[from + p]);
                acc = weight.fma(Lanes.widen(ShortVector.fromArray(Lanes.S, page, base + p * shape.headDim())), acc);
            }
            total = total.add(acc);
        }
        finish(total, out, at + d);
    }

    private void mixScalar(float[] out, int at, int d) {
        float total = 0f;
        for (int from = first / PAGE * PAGE; from < positions; from += PAGE) {
            short[] page = cache.valuePage(from / PAGE);
            int base = cache.valueIndex(kvHead, from) + d;
            float acc = 0f;
            int count = Math.min(PAGE, positions - from);
            for (int p = 0; p < count; p++) {
                acc = Math.fma(weights[from + p], Half.toFloat(page[base + p * shape.headDim()]), acc);
            }
            total = total + acc;
        }
        out[at + d] = Poison.check(total, "attention mix");
    }

    private static void finish(FloatVector total, float[] out, int at) {
        Lanes.check(total, "attention mix");
        total.intoArray(out, at);
    }
}
