package org.hearthnet.inference.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.hearthnet.genesis.arithmetic.Arithmetic;

/**
 * Q6_K tiles times one quantised vector, see {@link LowBits}. {@code d0} and {@code d2} belong to the first 16 columns of
 * a block, {@code d1} and {@code d3} to the others, which have a scale of their own.
 */
final class VectorQ6K {
    /** What is added to every number: 2^6 by its form as a float, and 32 since it stands for q - 32. */
    private static final float OFFSET = LowBits.SIX + 32f;

    private VectorQ6K() {}

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
        IntVector field = IntVector.fromArray(Lanes.I, LowBits.SIX_FIELD, 0);
        IntVector upper = IntVector.fromArray(Lanes.I, LowBits.UPPER, 0);
        FloatVector acc = FloatVector.zero(Lanes.F);
        for (int first = 0; first < blocks; first += layout.blocksPerSuper()) {
            long header = tile + layout.header(first);
            FloatVector d = TileReader.halves(w, header, lane);
            for (int b = 0; b < layout.blocksPerSuper(); b++) {
                long at = header + layout.headerBytes() + (long) b * layout.blockBytes();
                int block = row * blocks + first + b;
                float dx = scales[block];
                FloatVector scale = d.mul(dx);
                FloatVector lowScale = TileReader.real(TileReader.bytes(w, at + TileLayout.Q6_SCALES, lane));
                FloatVector highScale =
                        TileReader.real(TileReader.bytes(w, at + TileLayout.Q6_SCALES + TileLayout.ROWS, lane));
                IntVector h = TileReader.words(w, at + TileLayout.NIBBLES, lane);
                IntVector g = TileReader.words(w, at + TileLayout.NIBBLES + TileLayout.WORD, lane);
                FloatVector d0 = FloatVector.zero(Lanes.F);
                FloatVector d1 = d0;
                FloatVector d2 = d0;
                FloatVector d3 = d0;
                for (int j = 0; j < TileLayout.NIBBLE_WORDS; j++) {
                    IntVector v = IntVector.fromMemorySegment(
                            Lanes.I, w, at + j * TileLayout.WORD + 4L * lane, ByteOrder.LITTLE_ENDIAN);
                    int x = block * Arithmetic.BLOCK + 4 * j;
                    d0 = v.lanewise(VectorOperators.LSHL, 17)
                            .and(field)
                            .or(one)
                            .or(h.lanewise(VectorOperators.LSHL, 21).and(upper))
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x]), d0);
                    d1 = v.lanewise(VectorOperators.LSHL, 13)
                            .and(field)
                            .or(one)
                            .or(g.lanewise(VectorOperators.LSHL, 21).and(upper))
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 16]), d1);
                    d2 = v.lanewise(VectorOperators.LSHL, 9)
                            .and(field)
                            .or(one)
                            .or(h.lanewise(VectorOperators.LSHL, 19).and(upper))
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 1]), d2);
                    d3 = v.lanewise(VectorOperators.LSHL, 5)
                            .and(field)
                            .or(one)
                            .or(g.lanewise(VectorOperators.LSHL, 19).and(upper))
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 17]), d3);
                    d0 = v.lanewise(VectorOperators.LSHL, 1)
                            .and(field)
                            .or(one)
                            .or(h.lanewise(VectorOperators.LSHL, 17).and(upper))
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 2]), d0);
                    d1 = v.lanewise(VectorOperators.LSHR, 3)
                            .and(field)
                            .or(one)
                            .or(g.lanewise(VectorOperators.LSHL, 17).and(upper))
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 18]), d1);
                    d2 = v.lanewise(VectorOperators.LSHR, 7)
                            .and(field)
                            .or(one)
                            .or(h.lanewise(VectorOperators.LSHL, 15).and(upper))
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 3]), d2);
                    d3 = v.lanewise(VectorOperators.LSHR, 11)
                            .and(field)
                            .or(one)
                            .or(g.lanewise(VectorOperators.LSHL, 15).and(upper))
                            .reinterpretAsFloats()
                            .fma(FloatVector.broadcast(Lanes.F, q[x + 19]), d3);
                    h = h.lanewise(VectorOperators.LSHR, 8);
                    g = g.lanewise(VectorOperators.LSHR, 8);
                }
                FloatVector six = FloatVector.broadcast(Lanes.F, LowBits.SIX);
                FloatVector low = d0.add(d2).fma(six, FloatVector.broadcast(Lanes.F, -OFFSET * sums[2 * block]));
                FloatVector high = d1.add(d3).fma(six, FloatVector.broadcast(Lanes.F, -OFFSET * sums[2 * block + 1]));
                acc = low.mul(lowScale).add(high.mul(highScale)).fma(scale, acc);
            }
        }
        acc.intoArray(out, to + lane);
    }
}
