package org.hearthnet.inference.kernel;

import jdk.incubator.vector.FloatVector;
import org.hearthnet.genesis.arithmetic.Arithmetic;

/**
 * The inner loops of {@link VectorGemm}: a unit of rows, two vectors wide, times 8 or 4 vectors over one block of 32
 * columns. All partial results stay in registers: 16 of the 32 there are with AVX-512, 8 of 16 with AVX2. Each loop is
 * written out, because a vector that is handed to a method which the compiler does not inline is allocated on the heap.
 *
 * <p>Weights lie as [32][unit], vectors as [32][8 or 4], sums as [vector][unit].
 */
final class GemmTile {
    private static final int WIDTH = Lanes.WIDTH;
    private static final int UNIT = WeightUnit.ROWS;
    private static final int BLOCK = Arithmetic.BLOCK;

    private GemmTile() {}

    /** {@code sum = fma(dot of the block, scale * scale of the vector, sum)} for 8 vectors. */
    static void dots8(WeightUnit weights, float[] x, int at, float[] scales, int scaleAt, float[] sums, int out) {
        float[] w = weights.weights;
        FloatVector a0 = FloatVector.zero(Lanes.F);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector a4 = a0;
        FloatVector a5 = a0;
        FloatVector a6 = a0;
        FloatVector a7 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector b2 = a0;
        FloatVector b3 = a0;
        FloatVector b4 = a0;
        FloatVector b5 = a0;
        FloatVector b6 = a0;
        FloatVector b7 = a0;
        for (int k = 0; k < BLOCK; k++) {
            FloatVector w0 = FloatVector.fromArray(Lanes.F, w, k * UNIT);
            FloatVector w1 = FloatVector.fromArray(Lanes.F, w, k * UNIT + WIDTH);
            int i = at + k * 8;
            FloatVector x0 = FloatVector.broadcast(Lanes.F, x[i]);
            a0 = w0.fma(x0, a0);
            b0 = w1.fma(x0, b0);
            FloatVector x1 = FloatVector.broadcast(Lanes.F, x[i + 1]);
            a1 = w0.fma(x1, a1);
            b1 = w1.fma(x1, b1);
            FloatVector x2 = FloatVector.broadcast(Lanes.F, x[i + 2]);
            a2 = w0.fma(x2, a2);
            b2 = w1.fma(x2, b2);
            FloatVector x3 = FloatVector.broadcast(Lanes.F, x[i + 3]);
            a3 = w0.fma(x3, a3);
            b3 = w1.fma(x3, b3);
            FloatVector x4 = FloatVector.broadcast(Lanes.F, x[i + 4]);
            a4 = w0.fma(x4, a4);
            b4 = w1.fma(x4, b4);
            FloatVector x5 = FloatVector.broadcast(Lanes.F, x[i + 5]);
            a5 = w0.fma(x5, a5);
            b5 = w1.fma(x5, b5);
            FloatVector x6 = FloatVector.broadcast(Lanes.F, x[i + 6]);
            a6 = w0.fma(x6, a6);
            b6 = w1.fma(x6, b6);
            FloatVector x7 = FloatVector.broadcast(Lanes.F, x[i + 7]);
            a7 = w0.fma(x7, a7);
            b7 = w1.fma(x7, b7);
        }
        FloatVector s0 = FloatVector.fromArray(Lanes.F, weights.scales, 0);
        FloatVector s1 = FloatVector.fromArray(Lanes.F, weights.scales, WIDTH);
        int o = out;
        FloatVector d = FloatVector.broadcast(Lanes.F, scales[scaleAt]);
        a0.fma(s0.mul(d), FloatVector.fromArray(Lanes.F, sums, o)).intoArray(sums, o);
        b0.fma(s1.mul(d), FloatVector.fromArray(Lanes.F, sums, o + WIDTH)).intoArray(sums, o + WIDTH);
        o += UNIT;
        d = FloatVector.broadcast(Lanes.F, scales[scaleAt + 1]);
        a1.fma(s0.mul(d), FloatVector.fromArray(Lanes.F, sums, o)).intoArray(sums, o);
        b1.fma(s1.mul(d), FloatVector.fromArray(Lanes.F, sums, o + WIDTH)).intoArray(sums, o + WIDTH);
        o += UNIT;
        d = FloatVector.broadcast(Lanes.F, scales[scaleAt + 2]);
        a2.fma(s0.mul(d), FloatVector.fromArray(Lanes.F, sums, o)).intoArray(sums, o);
        b2.fma(s1.mul(d), FloatVector.fromArray(Lanes.F, sums, o + WIDTH)).intoArray(sums, o + WIDTH);
        o += UNIT;
        d = FloatVector.broadcast(Lanes.F, scales[scaleAt + 3]);
        a3.fma(s0.mul(d), FloatVector.fromArray(Lanes.F, sums, o)).intoArray(sums, o);
        b3.fma(s1.mul(d), FloatVector.fromArray(Lanes.F, sums, o + WIDTH)).intoArray(sums, o + WIDTH);
        o += UNIT;
        d = FloatVector.broadcast(Lanes.F, scales[scaleAt + 4]);
        a4.fma(s0.mul(d), FloatVector.fromArray(Lanes.F, sums, o)).intoArray(sums, o);
        b4.fma(s1.mul(d), FloatVector.fromArray(Lanes.F, sums, o + WIDTH)).intoArray(sums, o + WIDTH);
        o += UNIT;
        d = FloatVector.broadcast(Lanes.F, scales[scaleAt + 5]);
        a5.fma(s0.mul(d), FloatVector.fromArray(Lanes.F, sums, o)).intoArray(sums, o);
        b5.fma(s1.mul(d), FloatVector.fromArray(Lanes.F, sums, o + WIDTH)).intoArray(sums, o + WIDTH);
        o += UNIT;
        d = FloatVector.broadcast(Lanes.F, scales[scaleAt + 6]);
        a6.fma(s0.mul(d), FloatVector.fromArray(Lanes.F, sums, o)).intoArray(sums, o);
        b6.fma(s1.mul(d), FloatVector.fromArray(Lanes.F, sums, o + WIDTH)).intoArray(sums, o + WIDTH);
        o += UNIT;
        d = FloatVector.broadcast(Lanes.F, scales[scaleAt + 7]);
        a7.fma(s0.mul(d), FloatVector.fromArray(Lanes.F, sums, o)).intoArray(sums, o);
        b7.fma(s1.mul(d), FloatVector.fromArray(Lanes.F, sums, o + WIDTH)).intoArray(sums, o + WIDTH);
    }

    /** The same for 4 vectors. */
    static void dots4(WeightUnit weights, float[] x, int at, float[] scales, int scaleAt, float[] sums, int out) {
        float[] w = weights.weights;
        FloatVector a0 = FloatVector.zero(Lanes.F);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector b2 = a0;
        FloatVector b3 = a0;
        for (int k = 0; k < BLOCK; k++) {
            FloatVector w0 = FloatVector.fromArray(Lanes.F, w, k * UNIT);
            FloatVector w1 = FloatVector.fromArray(Lanes.F, w, k * UNIT + WIDTH);
            int i = at + k * 4;
            FloatVector x0 = FloatVector.broadcast(Lanes.F, x[i]);
            a0 = w0.fma(x0, a0);
            b0 = w1.fma(x0, b0);
            FloatVector x1 = FloatVector.broadcast(Lanes.F, x[i + 1]);
            a1 = w0.fma(x1, a1);
            b1 = w1.fma(x1, b1);
            FloatVector x2 = FloatVector.broadcast(Lanes.F, x[i + 2]);
            a2 = w0.fma(x2, a2);
            b2 = w1.fma(x2, b2);
            FloatVector x3 = FloatVector.broadcast(Lanes.F, x[i + 3]);
            a3 = w0.fma(x3, a3);
            b3 = w1.fma(x3, b3);
        }
        FloatVector s0 = FloatVector.fromArray(Lanes.F, weights.scales, 0);
        FloatVector s1 = FloatVector.fromArray(Lanes.F, weights.scales, WIDTH);
        int o = out;
        FloatVector d = FloatVector.broadcast(Lanes.F, scales[scaleAt]);
        a0.fma(s0.mul(d), FloatVector.fromArray(Lanes.F, sums, o)).intoArray(sums, o);
        b0.fma(s1.mul(d), FloatVector.fromArray(Lanes.F, sums, o + WIDTH)).intoArray(sums, o + WIDTH);
        o += UNIT;
        d = FloatVector.broadcast(Lanes.F, scales[scaleAt + 1]);
        a1.fma(s0.mul(d), FloatVector.fromArray(Lanes.F, sums, o)).intoArray(sums, o);
        b1.fma(s1.mul(d), FloatVector.fromArray(Lanes.F, sums, o + WIDTH)).intoArray(sums, o + WIDTH);
        o += UNIT;
        d = FloatVector.broadcast(Lanes.F, scales[scaleAt + 2]);
        a2.fma(s0.mul(d), FloatVector.fromArray(Lanes.F, sums, o)).intoArray(sums, o);
        b2.fma(s1.mul(d), FloatVector.fromArray(Lanes.F, sums, o + WIDTH)).intoArray(sums, o + WIDTH);
        o += UNIT;
        d = FloatVector.broadcast(Lanes.F, scales[scaleAt + 3]);
        a3.fma(s0.mul(d), FloatVector.fromArray(Lanes.F, sums, o)).intoArray(sums, o);
        b3.fma(s1.mul(d), FloatVector.fromArray(Lanes.F, sums, o + WIDTH)).intoArray(sums, o + WIDTH);
    }

    /** {@code sum = fma(-(sum of the vector's block), minimum * scale of the vector, sum)} for {@code group} vectors. */
    static void minimums(
            WeightUnit weights, float[] blockSums, float[] scales, int scaleAt, int group, float[] sums, int out) {
        FloatVector m0 = FloatVector.fromArray(Lanes.F, weights.minimums, 0);
        FloatVector m1 = FloatVector.fromArray(Lanes.F, weights.minimums, WIDTH);
        for (int g = 0; g < group; g++) {
            FloatVector sum = FloatVector.broadcast(Lanes.F, -blockSums[scaleAt + g]);
            FloatVector scale = FloatVector.broadcast(Lanes.F, scales[scaleAt + g]);
            int o = out + g * UNIT;
            sum.fma(m0.mul(scale), FloatVector.fromArray(Lanes.F, sums, o)).intoArray(sums, o);
            sum.fma(m1.mul(scale), FloatVector.fromArray(Lanes.F, sums, o + WIDTH))
                    .intoArray(sums, o + WIDTH);
        }
    }

    /** {@code sum = fma(weight, value, sum)} over {@code count} columns in their order, for 4 of {@code group} vectors. */
    static void columns4(float[] w, float[] x, int at, int group, int count, float[] sums, int out) {
        FloatVector a0 = FloatVector.fromArray(Lanes.F, sums, out);
        FloatVector b0 = FloatVector.fromArray(Lanes.F, sums, out + WIDTH);
        FloatVector a1 = FloatVector.fromArray(Lanes.F, sums, out + UNIT);
        FloatVector b1 = FloatVector.fromArray(Lanes.F, sums, out + UNIT + WIDTH);
        FloatVector a2 = FloatVector.fromArray(Lanes.F, sums, out + 2 * UNIT);
        FloatVector b2 = FloatVector.fromArray(Lanes.F, sums, out + 2 * UNIT + WIDTH);
        FloatVector a3 = FloatVector.fromArray(Lanes.F, sums, out + 3 * UNIT);
        FloatVector b3 = FloatVector.fromArray(Lanes.F, sums, out + 3 * UNIT + WIDTH);
        for (int k = 0; k < count; k++) {
            FloatVector w0 = FloatVector.fromArray(Lanes.F, w, k * UNIT);
            FloatVector w1 = FloatVector.fromArray(Lanes.F, w, k * UNIT + WIDTH);
            int i = at + k * group;
            FloatVector x0 = FloatVector.broadcast(Lanes.F, x[i]);
            a0 = w0.fma(x0, a0);
            b0 = w1.fma(x0, b0);
            FloatVector x1 = FloatVector.broadcast(Lanes.F, x[i + 1]);
            a1 = w0.fma(x1, a1);
            b1 = w1.fma(x1, b1);
            FloatVector x2 = FloatVector.broadcast(Lanes.F, x[i + 2]);
            a2 = w0.fma(x2, a2);
            b2 = w1.fma(x2, b2);
            FloatVector x3 = FloatVector.broadcast(Lanes.F, x[i + 3]);
            a3 = w0.fma(x3, a3);
            b3 = w1.fma(x3, b3);
        }
        a0.intoArray(sums, out);
        b0.intoArray(sums, out + WIDTH);
        a1.intoArray(sums, out + UNIT);
        b1.intoArray(sums, out + UNIT + WIDTH);
        a2.intoArray(sums, out + 2 * UNIT);
        b2.intoArray(sums, out + 2 * UNIT + WIDTH);
        a3.intoArray(sums, out + 3 * UNIT);
        b3.intoArray(sums, out + 3 * UNIT + WIDTH);
    }
}
