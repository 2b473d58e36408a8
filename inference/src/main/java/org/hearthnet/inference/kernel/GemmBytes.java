package org.hearthnet.inference.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import org.hearthnet.genesis.arithmetic.Arithmetic;

/**
 * {@link GemmTile#dots8} that reads Q8_0 weights from their tiles and leaves them behind as floats for the groups of
 * vectors that follow. Turning them into floats, and waiting for memory, then happens beside the products; with few vectors
 * it would otherwise take a quarter of the time.
 *
 * <p>The end is written out, as in {@link GemmTile}: shared as a method that takes vectors, they became objects, and a prompt took
 * more than ten times as long.
 */
final class GemmBytes {
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;
    private static final int WIDTH = Lanes.WIDTH;
    private static final int UNIT = WeightUnit.ROWS;
    private static final int ROWS = TileLayout.ROWS;

    private GemmBytes() {}

    /**
     * The first group of a block; for vectors of 16 rows only. {@code weights} gets everything but is not read.
     *
     * @param at0 where the block of the first 16 rows starts
     * @param at1 where the block of the other 16 rows starts
     */
    static void dots8(
            MemorySegment bytes,
            long at0,
            long at1,
            WeightUnit weights,
            float[] x,
            int at,
            float[] scales,
            int scaleAt,
            float[] sums,
            int out) {
        FloatVector s0 = TileReader.halves(bytes, at0 + TileLayout.Q8_SCALES, 0);
        FloatVector s1 = TileReader.halves(bytes, at1 + TileLayout.Q8_SCALES, 0);
        s0.intoArray(weights.scales, 0);
        s1.intoArray(weights.scales, WIDTH);
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
        for (int k = 0; k < Arithmetic.BLOCK; k++) {
            FloatVector w0 = Lanes.widen(ByteVector.fromMemorySegment(Lanes.B, bytes, at0 + (long) k * ROWS, LE));
            FloatVector w1 = Lanes.widen(ByteVector.fromMemorySegment(Lanes.B, bytes, at1 + (long) k * ROWS, LE));
            w0.intoArray(w, k * UNIT);
            w1.intoArray(w, k * UNIT + WIDTH);
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
}
