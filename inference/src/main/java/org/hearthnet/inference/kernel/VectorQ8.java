package org.hearthnet.inference.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import org.hearthnet.genesis.arithmetic.Arithmetic;

/**
 * Q8_0 tiles times one quantised vector. The dot of a block is computed in fp32: all partial sums are integers below
 * 2^24, so any order and number of accumulators gives it exactly. The sum over blocks is one {@code fma} per block and
 * lane, in block order. The sum is not returned as a vector: the compiler would then allocate it anew at every block.
 */
final class VectorQ8 {
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;
    private static final int BLOCK = Arithmetic.BLOCK;
    private static final int ROWS = TileLayout.ROWS;

    private VectorQ8() {}

    /** As {@link VectorQ4#one}. */
    static void one(
            VectorMatrix matrix,
            long tile,
            int lane,
            VectorActivations.Quantized vectors,
            int row,
            float[] out,
            int to) {
        MemorySegment w = matrix.data();
        float[] x = vectors.quants();
        float[] scales = vectors.scales();
        int blockBytes = matrix.layout().blockBytes();
        int blocks = matrix.columns() / BLOCK;
        FloatVector acc = FloatVector.zero(Lanes.F);
        for (int b = 0; b < blocks; b++) {
            long at = tile + (long) b * blockBytes;
            int xb = (row * blocks + b) * BLOCK;
            FloatVector scale =
                    TileReader.halves(w, at + TileLayout.Q8_SCALES, lane).mul(scales[row * blocks + b]);
            FloatVector d0 = FloatVector.zero(Lanes.F);
            FloatVector d1 = d0;
            FloatVector d2 = d0;
            FloatVector d3 = d0;
            for (int k = 0; k < BLOCK; k += 8) {
                long from = at + (long) k * ROWS + lane;
                int i = xb + k;
                d0 = weights(w, from).fma(FloatVector.broadcast(Lanes.F, x[i]), d0);
                d1 = weights(w, from + ROWS).fma(FloatVector.broadcast(Lanes.F, x[i + 1]), d1);
                d2 = weights(w, from + 2 * ROWS).fma(FloatVector.broadcast(Lanes.F, x[i + 2]), d2);
                d3 = weights(w, from + 3 * ROWS).fma(FloatVector.broadcast(Lanes.F, x[i + 3]), d3);
                d0 = weights(w, from + 4 * ROWS).fma(FloatVector.broadcast(Lanes.F, x[i + 4]), d0);
                d1 = weights(w, from + 5 * ROWS).fma(FloatVector.broadcast(Lanes.F, x[i + 5]), d1);
                d2 = weights(w, from + 6 * ROWS).fma(FloatVector.broadcast(Lanes.F, x[i + 6]), d2);
                d3 = weights(w, from + 7 * ROWS).fma(FloatVector.broadcast(Lanes.F, x[i + 7]), d3);
            }
            acc = d0.add(d1).add(d2.add(d3)).fma(scale, acc);
        }
        acc.intoArray(out, to + lane);
    }

    private static FloatVector weights(MemorySegment w, long at) {
        return Lanes.widen(ByteVector.fromMemorySegment(Lanes.B, w, at, LE));
    }
}
