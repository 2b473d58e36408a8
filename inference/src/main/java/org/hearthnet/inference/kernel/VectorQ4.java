package org.hearthnet.inference.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.hearthnet.genesis.arithmetic.Arithmetic;

/** Q4_0 and Q4_K tiles times one quantised vector, see {@link LowBits}. */
final class VectorQ4 {
    private VectorQ4() {}

    /**
     * The results of the {@code Lanes.WIDTH} rows from {@code lane} on into {@code out}.
     *
     * @param tile where the tile starts
     * @param row number of the vector
     */
    static void one(
            VectorMatrix matrix, long tile, int lane, VectorActivations.Quantized vectors, int row, float[] out) {
        MemorySegment w = matrix.data();
        TileLayout layout = matrix.layout();
        boolean minimums = layout.format().hasMinimum();
        float[] q = vectors.quants();
        int blocks = matrix.columns() / Arithmetic.BLOCK;
        FloatVector acc = FloatVector.zero(Lanes.F);
        for (int b = 0; b < blocks; b++) {
            long at = tile + layout.block(b);
            int block = row * blocks + b;
            FloatVector d0 = FloatVector.zero(Lanes.F);
            FloatVector d1 = d0;
            FloatVector d2 = d0;
            FloatVector d3 = d0;
            for (int j = 0; j < TileLayout.NIBBLE_WORDS; j++) {
                IntVector v = IntVector.fromMemorySegment(
                        Lanes.I, w, at + j * TileLayout.WORD + 4L * lane, ByteOrder.LITTLE_ENDIAN);
                int x = block * Arithmetic.BLOCK + 4 * j;
                d0 = v.lanewise(VectorOperators.LSHL, 19)
                        .and(LowBits.FOUR_FIELD)
                        .or(LowBits.ONE)
                        .reinterpretAsFloats()
                        .fma(FloatVector.broadcast(Lanes.F, q[x]), d0);
                d1 = v.lanewise(VectorOperators.LSHL, 15)
                        .and(LowBits.FOUR_FIELD)
                        .or(LowBits.ONE)
                        .reinterpretAsFloats()
                        .fma(FloatVector.broadcast(Lanes.F, q[x + 16]), d1);
                d2 = v.lanewise(VectorOperators.LSHL, 11)
                        .and(LowBits.FOUR_FIELD)
                        .or(LowBits.ONE)
                        .reinterpretAsFloats()
                        .fma(FloatVector.broadcast(Lanes.F, q[x + 1]), d2);
                d3 = v.lanewise(VectorOperators.LSHL, 7)
                        .and(LowBits.FOUR_FIELD)
                        .or(LowBits.ONE)
                        .reinterpretAsFloats()
                        .fma(FloatVector.broadcast(Lanes.F, q[x + 17]), d3);
                d0 = v.lanewise(VectorOperators.LSHL, 3)
                        .and(LowBits.FOUR_FIELD)
                        .or(LowBits.ONE)
                        .reinterpretAsFloats()
                        .fma(FloatVector.broadcast(Lanes.F, q[x + 2]), d0);
                d1 = v.lanewise(VectorOperators.LSHR, 1)
                        .and(LowBits.FOUR_FIELD)
                        .or(LowBits.ONE)
                        .reinterpretAsFloats()
                        .fma(FloatVector.broadcast(Lanes.F, q[x + 18]), d1);
                d2 = v.lanewise(VectorOperators.LSHR, 5)
                        .and(LowBits.FOUR_FIELD)
                        .or(LowBits.ONE)
                        .reinterpretAsFloats()
                        .fma(FloatVector.broadcast(Lanes.F, q[x + 3]), d2);
                d3 = v.lanewise(VectorOperators.LSHR, 9)
                        .and(LowBits.FOUR_FIELD)
                        .or(LowBits.ONE)
                        .reinterpretAsFloats()
                        .fma(FloatVector.broadcast(Lanes.F, q[x + 19]), d3);
            }
            FloatVector dots = d0.add(d1).add(d2.add(d3));
            FloatVector dx = FloatVector.broadcast(Lanes.F, vectors.scales()[block]);
            float sum = vectors.sum(block);
            if (minimums) {
                long header = tile + layout.header(b);
                FloatVector dot = dots.fma(
                        FloatVector.broadcast(Lanes.F, LowBits.FOUR),
                        FloatVector.broadcast(Lanes.F, -LowBits.FOUR * sum));
                acc = dot.fma(
                        LowBits.scale(w, header, at + TileLayout.Q4_SCALES, lane)
                                .mul(dx),
                        acc);
                FloatVector minimum = LowBits.minimum(w, header, at + TileLayout.Q4_SCALES, lane);
                acc = FloatVector.broadcast(Lanes.F, -sum).fma(minimum.mul(dx), acc);
            } else {
                FloatVector dot = dots.fma(
                        FloatVector.broadcast(Lanes.F, LowBits.FOUR),
                        FloatVector.broadcast(Lanes.F, -(LowBits.FOUR + 8f) * sum));
                acc = dot.fma(
                        TileReader.halves(w, at + TileLayout.NIBBLES, lane).mul(dx), acc);
            }
        }
        acc.intoArray(out, lane);
    }
}
