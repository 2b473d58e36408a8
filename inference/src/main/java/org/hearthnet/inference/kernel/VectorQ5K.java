package org.hearthnet.inference.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.hearthnet.genesis.arithmetic.Arithmetic;

/** Q5_K tiles times one quantised vector, see {@link LowBits}. */
final class VectorQ5K {
    private VectorQ5K() {}

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
        TileLayout layout = matrix.layout();
        float[] q = vectors.quants();
        float[] scales = vectors.scales();
        float[] sums = vectors.sums();
        int blocks = matrix.columns() / Arithmetic.BLOCK;
        IntVector one = IntVector.fromArray(Lanes.I, LowBits.ONE, 0);
        IntVector field = IntVector.fromArray(Lanes.I, LowBits.FIVE_FIELD, 0);
        IntVector upper = IntVector.fromArray(Lanes.I, LowBits.FIFTH, 0);
        FloatVector acc = FloatVector.zero(Lanes.F);
        for (int first = 0; first < blocks; first += layout.blocksPerSuper()) {
            long header = tile + layout.header(first);
            FloatVector d = TileReader.halves(w, header, lane);
            FloatVector dmin = TileReader.halves(w, header + TileLayout.DMIN, lane);
            for (int b = 0; b < layout.blocksPerSuper(); b++) {
                long at = header + layout.headerBytes() + (long) b * layout.blockBytes();
                int block = row * blocks + first + b;
                float dx = scales[block];
                float sum = sums[2 * block] + sums[2 * block + 1];
                FloatVector scale =
                        LowBits.bytes(w, at + TileLayout.Q5_SCALES, lane).mul(d).mul(dx);
                FloatVector minimum = LowBits.bytes(w, at + TileLayout.Q5_SCALES + TileLayout.ROWS, lane)
                        .mul(dmin)
                        .mul(dx);
                IntVector h = TileReader.words(w, at + TileLayout.NIBBLES, lane);
                IntVector g = h.lanewise(VectorOperators.LSHR, Arithmetic.BLOCK / 2);
                FloatVector d0 = FloatVector.zero(Lanes.F);
                FloatVector d1 = d0;
                FloatVector d2 = d0;
                FloatVector d3 = d0;
                for (int j = 0; j < TileLayout.NIBBLE_WORDS; j++) {
                    IntVector v = IntVector.fromMemorySegment(
                            Lanes.I, w, at + j * TileLayout.WORD + 4L * lane, ByteOrder.LITTLE_ENDIAN);
                    int x = block * Arithmetic.BLOCK + 4 * j;
                    d0 = v.lanewise(VectorOperators.LSHL, 18)
                            .and(field)
                            .or(one)
                            .or(h.lanewise(VectorOperators.LSHL, 22).and(upper))
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x]), d0);
                    d1 = v.lanewise(VectorOperators.LSHL, 14)
                            .and(field)
                            .or(one)
                            .or(g.lanewise(VectorOperators.LSHL, 22).and(upper))
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 16]), d1);
                    d2 = v.lanewise(VectorOperators.LSHL, 10)
                            .and(field)
                            .or(one)
                            .or(h.lanewise(VectorOperators.LSHL, 21).and(upper))
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 1]), d2);
                    d3 = v.lanewise(VectorOperators.LSHL, 6)
                            .and(field)
                            .or(one)
                            .or(g.lanewise(VectorOperators.LSHL, 21).and(upper))
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 17]), d3);
                    d0 = v.lanewise(VectorOperators.LSHL, 2)
                            .and(field)
                            .or(one)
                            .or(h.lanewise(VectorOperators.LSHL, 20).and(upper))
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 2]), d0);
                    d1 = v.lanewise(VectorOperators.LSHR, 2)
                            .and(field)
                            .or(one)
                            .or(g.lanewise(VectorOperators.LSHL, 20).and(upper))
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 18]), d1);
                    d2 = v.lanewise(VectorOperators.LSHR, 6)
                            .and(field)
                            .or(one)
                            .or(h.lanewise(VectorOperators.LSHL, 19).and(upper))
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 3]), d2);
                    d3 = v.lanewise(VectorOperators.LSHR, 10)
                            .and(field)
                            .or(one)
                            .or(g.lanewise(VectorOperators.LSHL, 19).and(upper))
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 19]), d3);
                    h = h.lanewise(VectorOperators.LSHR, 4);
                    g = g.lanewise(VectorOperators.LSHR, 4);
                }
                FloatVector dot = d0.add(d1)
                        .add(d2.add(d3))
                        .fma(
                                FloatVector.broadcast(Lanes.F, LowBits.FIVE),
                                FloatVector.broadcast(Lanes.F, -LowBits.FIVE * sum));
                acc = dot.fma(scale, acc);
                acc = FloatVector.broadcast(Lanes.F, -sum).fma(minimum, acc);
            }
        }
        acc.intoArray(out, to + lane);
    }
}
