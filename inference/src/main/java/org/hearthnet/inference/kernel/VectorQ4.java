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
     * The results of the {@code Lanes.WIDTH} rows from {@code lane} on into {@code out[to + lane..]}.
     *
     * @param tile where the tile starts
     * @param row number of the vector
     */
    static void one(
            VectorMatrix matrix,
            long tile,
            int lane,
            VectorActivations.Quantized vectors,
            int row,
            float[] out,
            int to) {
        MemorySegment w = matrix.data();
        TileLayout layout = matrix.layout();
        float[] q = vectors.quants();
        float[] scales = vectors.scales();
        float[] sums = vectors.sums();
        int blocks = matrix.columns() / Arithmetic.BLOCK;
        IntVector one = IntVector.fromArray(Lanes.I, LowBits.ONE, 0);
        IntVector field = IntVector.fromArray(Lanes.I, LowBits.FOUR_FIELD, 0);
        boolean minimums = layout.format().hasMinimum();
        FloatVector acc = FloatVector.zero(Lanes.F);
        for (int first = 0; first < blocks; first += layout.blocksPerSuper()) {
            long header = tile + layout.header(first);
            FloatVector d = minimums ? TileReader.halves(w, header, lane) : acc;
            FloatVector dmin = minimums ? TileReader.halves(w, header + TileLayout.DMIN, lane) : acc;
            for (int b = 0; b < layout.blocksPerSuper(); b++) {
                long at = header + layout.headerBytes() + (long) b * layout.blockBytes();
                int block = row * blocks + first + b;
                float dx = scales[block];
                float sum = sums[2 * block] + sums[2 * block + 1];
                FloatVector scale;
                FloatVector minimum;
                if (minimums) {
                    scale = LowBits.bytes(w, at + TileLayout.Q4_SCALES, lane)
                            .mul(d)
                            .mul(dx);
                    minimum = LowBits.bytes(w, at + TileLayout.Q4_SCALES + TileLayout.ROWS, lane)
                            .mul(dmin)
                            .mul(dx);
                } else {
                    scale = TileReader.halves(w, at + TileLayout.NIBBLES, lane).mul(dx);
                    minimum = scale;
                }
                float offset = minimums ? -LowBits.FOUR * sum : -(LowBits.FOUR + 8f) * sum;
                FloatVector d0 = FloatVector.zero(Lanes.F);
                FloatVector d1 = d0;
                FloatVector d2 = d0;
                FloatVector d3 = d0;
                for (int j = 0; j < TileLayout.NIBBLE_WORDS; j++) {
                    IntVector v = IntVector.fromMemorySegment(
                            Lanes.I, w, at + j * TileLayout.WORD + 4L * lane, ByteOrder.LITTLE_ENDIAN);
                    int x = block * Arithmetic.BLOCK + 4 * j;
                    d0 = v.lanewise(VectorOperators.LSHL, 19)
                            .and(field)
                            .or(one)
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x]), d0);
                    d1 = v.lanewise(VectorOperators.LSHL, 15)
                            .and(field)
                            .or(one)
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 16]), d1);
                    d2 = v.lanewise(VectorOperators.LSHL, 11)
                            .and(field)
                            .or(one)
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 1]), d2);
                    d3 = v.lanewise(VectorOperators.LSHL, 7)
                            .and(field)
                            .or(one)
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 17]), d3);
                    d0 = v.lanewise(VectorOperators.LSHL, 3)
                            .and(field)
                            .or(one)
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 2]), d0);
                    d1 = v.lanewise(VectorOperators.LSHR, 1)
                            .and(field)
                            .or(one)
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 18]), d1);
                    d2 = v.lanewise(VectorOperators.LSHR, 5)
                            .and(field)
                            .or(one)
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 3]), d2);
                    d3 = v.lanewise(VectorOperators.LSHR, 9)
                            .and(field)
                            .or(one)
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 19]), d3);
                }
                FloatVector dot = d0.add(d1)
                        .add(d2.add(d3))
                        .fma(FloatVector.broadcast(Lanes.F, LowBits.FOUR), FloatVector.broadcast(Lanes.F, offset));
                acc = dot.fma(scale, acc);
                if (minimums) {
                    acc = FloatVector.broadcast(Lanes.F, -sum).fma(minimum, acc);
                }
            }
        }
        acc.intoArray(out, to + lane);
    }
}
