package org.hearthnet.inference.kernel;

import jdk.incubator.vector.FloatVector;
import org.hearthnet.genesis.arithmetic.Arithmetic;

/**
 * Weights of any format times many vectors. For each block of 32 columns, a unit of rows (two vectors wide) is turned
 * into floats once, see {@link WeightUnit}, and multiplied with groups of six vectors: twelve partial results stay in
 * registers. For quantised weights these are block dots, exact integers below 2^24, and the sums over blocks get one
 * {@code fma} each per block (and one for the minimum), in block order. For plain weights they are the sums themselves,
 * continued from block to block in the order of columns. Sums lie in memory, [vector][row of the unit].
 *
 * <p>Several units share a block of the vectors while it is in the nearest cache. No vector is handed from method to
 * method in the inner loops, because a call that the compiler does not inline would allocate each on the heap.
 */
final class VectorGemm {
    /** Rows of a unit. */
    static final int UNIT = WeightUnit.ROWS;

    private static final int BLOCK = Arithmetic.BLOCK;
    private static final int GROUP = PackedActivations.GROUP;
    private static final int WIDTH = Lanes.WIDTH;

    private final VectorMatrix matrix;
    private final PackedActivations x;
    private final WeightUnit weights;
    private final float[] sums;
    private final int sumsOfUnit;

    /** For one thread, with room for {@code units} units at a time. */
    VectorGemm(VectorMatrix matrix, PackedActivations x, int units) {
        this.matrix = matrix;
        this.x = x;
        this.weights = new WeightUnit(matrix);
        this.sumsOfUnit = x.groups() * GROUP * UNIT;
        this.sums = new float[units * sumsOfUnit];
    }

    /** Rows {@code unit * UNIT} up to {@code (unit + count) * UNIT} times all vectors. */
    void compute(int unit, int count) {
        java.util.Arrays.fill(sums, 0f);
        for (int b = 0; b < x.blocks(); b++) {
            for (int u = 0; u < count; u++) {
                weights.load((unit + u) * UNIT, b);
                groups(b, u * sumsOfUnit);
            }
        }
    }

    /** The sums: of the {@code u}th unit computed, vector {@code v}: {@link #UNIT} values from this index of {@link #sums()}. */
    int index(int u, int v) {
        return u * sumsOfUnit + v * UNIT;
    }

    float[] sums() {
        return sums;
    }

    private void groups(int b, int sumsAt) {
        boolean quantized = matrix.type().isQuantized();
        boolean minimums = matrix.type().hasMinimum();
        int count = Math.min(BLOCK, matrix.columns() - b * BLOCK);
        for (int g = 0; g < x.groups(); g++) {
            int at = b * x.groups() + g;
            int out = sumsAt + g * GROUP * UNIT;
            if (quantized) {
                blockDots(at * PackedActivations.GROUP_BLOCK, at * GROUP, out);
                if (minimums) {
                    minimums(at * GROUP, out);
                }
            } else {
                columns(at * PackedActivations.GROUP_BLOCK, count, out);
            }
        }
    }

    private void blockDots(int values, int scaleAt, int out) {
        float[] q = x.values();
        float[] w = weights.weights;
        FloatVector a0 = FloatVector.zero(Lanes.F);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector a4 = a0;
        FloatVector a5 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector b2 = a0;
        FloatVector b3 = a0;
        FloatVector b4 = a0;
        FloatVector b5 = a0;
        for (int k = 0; k < BLOCK; k++) {
            FloatVector w0 = FloatVector.fromArray(Lanes.F, w, k * UNIT);
            FloatVector w1 = FloatVector.fromArray(Lanes.F, w, k * UNIT + WIDTH);
            int i = values + k * GROUP;
            FloatVector x0 = FloatVector.broadcast(Lanes.F, q[i]);
            a0 = w0.fma(x0, a0);
            b0 = w1.fma(x0, b0);
            FloatVector x1 = FloatVector.broadcast(Lanes.F, q[i + 1]);
            a1 = w0.fma(x1, a1);
            b1 = w1.fma(x1, b1);
            FloatVector x2 = FloatVector.broadcast(Lanes.F, q[i + 2]);
            a2 = w0.fma(x2, a2);
            b2 = w1.fma(x2, b2);
            FloatVector x3 = FloatVector.broadcast(Lanes.F, q[i + 3]);
            a3 = w0.fma(x3, a3);
            b3 = w1.fma(x3, b3);
            FloatVector x4 = FloatVector.broadcast(Lanes.F, q[i + 4]);
            a4 = w0.fma(x4, a4);
            b4 = w1.fma(x4, b4);
            FloatVector x5 = FloatVector.broadcast(Lanes.F, q[i + 5]);
            a5 = w0.fma(x5, a5);
            b5 = w1.fma(x5, b5);
        }
        FloatVector s0 = FloatVector.fromArray(Lanes.F, weights.scales, 0);
        FloatVector s1 = FloatVector.fromArray(Lanes.F, weights.scales, WIDTH);
        float[] scales = x.scales();
        add(a0, b0, s0, s1, scales[scaleAt], out);
        add(a1, b1, s0, s1, scales[scaleAt + 1], out + UNIT);
        add(a2, b2, s0, s1, scales[scaleAt + 2], out + 2 * UNIT);
        add(a3, b3, s0, s1, scales[scaleAt + 3], out + 3 * UNIT);
        add(a4, b4, s0, s1, scales[scaleAt + 4], out + 4 * UNIT);
        add(a5, b5, s0, s1, scales[scaleAt + 5], out + 5 * UNIT);
    }

    /** {@code sum = fma(dot, s * dx, sum)}; small enough that the compiler always inlines it. */
    private void add(FloatVector a, FloatVector b, FloatVector s0, FloatVector s1, float scale, int out) {
        a.fma(s0.mul(scale), FloatVector.fromArray(Lanes.F, sums, out)).intoArray(sums, out);
        b.fma(s1.mul(scale), FloatVector.fromArray(Lanes.F, sums, out + WIDTH)).intoArray(sums, out + WIDTH);
    }

    private void minimums(int scaleAt, int out) {
        for (int member = 0; member < GROUP; member++) {
            FloatVector sum = FloatVector.broadcast(Lanes.F, -x.sums()[scaleAt + member]);
            float scale = x.scales()[scaleAt + member];
            for (int lane = 0; lane < UNIT; lane += WIDTH) {
                int at = out + member * UNIT + lane;
                sum.fma(
                                FloatVector.fromArray(Lanes.F, weights.minimums, lane)
                                        .mul(scale),
                                FloatVector.fromArray(Lanes.F, sums, at))
                        .intoArray(sums, at);
            }
        }
    }

    private void columns(int values, int count, int out) {
        float[] q = x.values();
        float[] w = weights.weights;
        for (int half = 0; half < UNIT; half += WIDTH) {
            FloatVector a0 = FloatVector.fromArray(Lanes.F, sums, out + half);
            FloatVector a1 = FloatVector.fromArray(Lanes.F, sums, out + UNIT + half);
            FloatVector a2 = FloatVector.fromArray(Lanes.F, sums, out + 2 * UNIT + half);
            FloatVector a3 = FloatVector.fromArray(Lanes.F, sums, out + 3 * UNIT + half);
            FloatVector a4 = FloatVector.fromArray(Lanes.F, sums, out + 4 * UNIT + half);
            FloatVector a5 = FloatVector.fromArray(Lanes.F, sums, out + 5 * UNIT + half);
            for (int k = 0; k < count; k++) {
                FloatVector weight = FloatVector.fromArray(Lanes.F, w, k * UNIT + half);
                int i = values + k * GROUP;
                a0 = weight.fma(FloatVector.broadcast(Lanes.F, q[i]), a0);
                a1 = weight.fma(FloatVector.broadcast(Lanes.F, q[i + 1]), a1);
                a2 = weight.fma(FloatVector.broadcast(Lanes.F, q[i + 2]), a2);
                a3 = weight.fma(FloatVector.broadcast(Lanes.F, q[i + 3]), a3);
                a4 = weight.fma(FloatVector.broadcast(Lanes.F, q[i + 4]), a4);
                a5 = weight.fma(FloatVector.broadcast(Lanes.F, q[i + 5]), a5);
            }
            a0.intoArray(sums, out + half);
            a1.intoArray(sums, out + UNIT + half);
            a2.intoArray(sums, out + 2 * UNIT + half);
            a3.intoArray(sums, out + 3 * UNIT + half);
            a4.intoArray(sums, out + 4 * UNIT + half);
            a5.intoArray(sums, out + 5 * UNIT + half);
        }
    }
}
