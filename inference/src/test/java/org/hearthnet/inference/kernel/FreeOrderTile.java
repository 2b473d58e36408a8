package org.hearthnet.inference.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import org.hearthnet.genesis.arithmetic.Arithmetic;

/**
 * {@link GemmTile#dots8} and {@link VectorQ8#one} as they could be if no order of the sums were prescribed: scales are
 * multiplied into weights and vectors beforehand, so that nothing has to be done between blocks. For {@link
 * ExactnessPrice} only; what they yield differs from the canonical results in the last bits.
 */
final class FreeOrderTile {
    private static final int WIDTH = Lanes.WIDTH;
    private static final int UNIT = WeightUnit.ROWS;
    private static final int BLOCK = Arithmetic.BLOCK;

    private FreeOrderTile() {}

    /** {@code sums += weights * x} over one block for 8 vectors. */
    static void dots8(float[] w, float[] x, int at, float[] sums, int out) {
        FloatVector a0 = FloatVector.zero(Lanes.F);
        FloatVector b0 = FloatVector.zero(Lanes.F);
        FloatVector a1 = FloatVector.zero(Lanes.F);
        FloatVector b1 = FloatVector.zero(Lanes.F);
        FloatVector a2 = FloatVector.zero(Lanes.F);
        FloatVector b2 = FloatVector.zero(Lanes.F);
        FloatVector a3 = FloatVector.zero(Lanes.F);
        FloatVector b3 = FloatVector.zero(Lanes.F);
        FloatVector a4 = FloatVector.zero(Lanes.F);
        FloatVector b4 = FloatVector.zero(Lanes.F);
        FloatVector a5 = FloatVector.zero(Lanes.F);
        FloatVector b5 = FloatVector.zero(Lanes.F);
        FloatVector a6 = FloatVector.zero(Lanes.F);
        FloatVector b6 = FloatVector.zero(Lanes.F);
        FloatVector a7 = FloatVector.zero(Lanes.F);
        FloatVector b7 = FloatVector.zero(Lanes.F);
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
        FloatVector.fromArray(Lanes.F, sums, out).add(a0).intoArray(sums, out);
        FloatVector.fromArray(Lanes.F, sums, out + WIDTH).add(b0).intoArray(sums, out + WIDTH);
        FloatVector.fromArray(Lanes.F, sums, out + UNIT).add(a1).intoArray(sums, out + UNIT);
        FloatVector.fromArray(Lanes.F, sums, out + UNIT + WIDTH).add(b1).intoArray(sums, out + UNIT + WIDTH);
        FloatVector.fromArray(Lanes.F, sums, out + 2 * UNIT).add(a2).intoArray(sums, out + 2 * UNIT);
        FloatVector.fromArray(Lanes.F, sums, out + 2 * UNIT + WIDTH).add(b2).intoArray(sums, out + 2 * UNIT + WIDTH);
        FloatVector.fromArray(Lanes.F, sums, out + 3 * UNIT).add(a3).intoArray(sums, out + 3 * UNIT);
        FloatVector.fromArray(Lanes.F, sums, out + 3 * UNIT + WIDTH).add(b3).intoArray(sums, out + 3 * UNIT + WIDTH);
        FloatVector.fromArray(Lanes.F, sums, out + 4 * UNIT).add(a4).intoArray(sums, out + 4 * UNIT);
        FloatVector.fromArray(Lanes.F, sums, out + 4 * UNIT + WIDTH).add(b4).intoArray(sums, out + 4 * UNIT + WIDTH);
        FloatVector.fromArray(Lanes.F, sums, out + 5 * UNIT).add(a5).intoArray(sums, out + 5 * UNIT);
        FloatVector.fromArray(Lanes.F, sums, out + 5 * UNIT + WIDTH).add(b5).intoArray(sums, out + 5 * UNIT + WIDTH);
        FloatVector.fromArray(Lanes.F, sums, out + 6 * UNIT).add(a6).intoArray(sums, out + 6 * UNIT);
        FloatVector.fromArray(Lanes.F, sums, out + 6 * UNIT + WIDTH).add(b6).intoArray(sums, out + 6 * UNIT + WIDTH);
        FloatVector.fromArray(Lanes.F, sums, out + 7 * UNIT).add(a7).intoArray(sums, out + 7 * UNIT);
        FloatVector.fromArray(Lanes.F, sums, out + 7 * UNIT + WIDTH).add(b7).intoArray(sums, out + 7 * UNIT + WIDTH);
    }

    /** A Q8_0 tile times one vector whose scales are multiplied in: four sums that are added at the very end. */
    static void one(MemorySegment w, long tile, int blocks, float[] x, float[] out, int to) {
        FloatVector a0 = FloatVector.zero(Lanes.F);
        FloatVector a1 = a0;
        int bytes = TileLayout.of(org.hearthnet.genesis.arithmetic.WeightFormat.Q8_0)
                .blockBytes();
        for (int b = 0; b < blocks; b++) {
            long at = tile + (long) b * bytes;
            FloatVector scale = TileReader.halves(w, at + TileLayout.Q8_SCALES, 0);
            FloatVector d0 = FloatVector.zero(Lanes.F);
            FloatVector d1 = d0;
            FloatVector d2 = d0;
            FloatVector d3 = d0;
            for (int k = 0; k < BLOCK; k += 8) {
                int i = b * BLOCK + k;
                d0 = step(w, at, k, x, i, d0);
                d1 = step(w, at, k + 1, x, i + 1, d1);
                d2 = step(w, at, k + 2, x, i + 2, d2);
                d3 = step(w, at, k + 3, x, i + 3, d3);
                d0 = step(w, at, k + 4, x, i + 4, d0);
                d1 = step(w, at, k + 5, x, i + 5, d1);
                d2 = step(w, at, k + 6, x, i + 6, d2);
                d3 = step(w, at, k + 7, x, i + 7, d3);
            }
            a0 = d0.add(d1).fma(scale, a0);
            a1 = d2.add(d3).fma(scale, a1);
        }
        a0.add(a1).intoArray(out, to);
    }

    private static FloatVector step(MemorySegment w, long at, int k, float[] x, int i, FloatVector sum) {
        ByteVector bytes =
                ByteVector.fromMemorySegment(Lanes.B, w, at + (long) k * TileLayout.ROWS, ByteOrder.LITTLE_ENDIAN);
        return Lanes.widen(bytes).fma(FloatVector.broadcast(Lanes.F, x[i]), sum);
    }
}
