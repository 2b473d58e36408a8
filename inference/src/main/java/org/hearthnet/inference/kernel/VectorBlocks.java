package org.hearthnet.inference.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.hearthnet.genesis.arithmetic.Arithmetic;

/**
 * {@code Lanes.WIDTH} rows of a tile of 4- to 6-bit weights times one quantised vector. Weights are used as unsigned
 * numbers; what that adds is taken off by the known sum of the vector's block. All of it is exact, since the integers
 * stay below 2^24 (for Q6_K: 2 * 127 * 16 * 32 * 128 = 16,646,144).
 */
final class VectorBlocks {
    private static final int BLOCK = Arithmetic.BLOCK;
    private static final int HALF = BLOCK / 2;
    private static final int ROWS = TileLayout.ROWS;

    private VectorBlocks() {}

    /**
     * The results of the rows from {@code lane} on.
     *
     * @param tile where the tile starts
     * @param row number of the vector
     */
    static FloatVector one(VectorMatrix matrix, long tile, int lane, VectorActivations.Quantized x, int row) {
        return switch (matrix.type()) {
            case Q4_0 -> q4(matrix, tile, lane, x, row);
            case Q4_K -> q4k(matrix, tile, lane, x, row);
            case Q5_K -> q5k(matrix, tile, lane, x, row);
            case Q6_K -> q6k(matrix, tile, lane, x, row);
            case F32, F16, BF16, Q8_0 -> throw new IllegalArgumentException(matrix.type() + " has a loop of its own");
        };
    }

    private static FloatVector q4(VectorMatrix matrix, long tile, int lane, VectorActivations.Quantized x, int row) {
        MemorySegment w = matrix.data();
        int blocks = matrix.columns() / BLOCK;
        FloatVector acc = FloatVector.zero(Lanes.F);
        for (int b = 0; b < blocks; b++) {
            long at = tile + matrix.layout().block(b);
            int block = row * blocks + b;
            FloatVector dot = nibbles(w, at, lane, x.quants(), block * BLOCK).sub(8f * x.sum(block));
            FloatVector scale = TileReader.halves(w, at + TileLayout.NIBBLES, lane);
            acc = dot.fma(scale.mul(x.scales()[block]), acc);
        }
        return acc;
    }

    private static FloatVector q4k(VectorMatrix matrix, long tile, int lane, VectorActivations.Quantized x, int row) {
        MemorySegment w = matrix.data();
        int blocks = matrix.columns() / BLOCK;
        FloatVector acc = FloatVector.zero(Lanes.F);
        for (int b = 0; b < blocks; b++) {
            long at = tile + matrix.layout().block(b);
            int block = row * blocks + b;
            FloatVector dot = nibbles(w, at, lane, x.quants(), block * BLOCK);
            long header = tile + matrix.layout().header(b);
            acc = dot.fma(scale(w, header, at + TileLayout.Q4_SCALES, lane).mul(x.scales()[block]), acc);
            acc = minimum(w, header, at + TileLayout.Q4_SCALES, lane, x, block, acc);
        }
        return acc;
    }

    private static FloatVector nibbles(MemorySegment w, long at, int lane, float[] x, int xb) {
        FloatVector d0 = FloatVector.zero(Lanes.F);
        FloatVector d1 = d0;
        FloatVector d2 = d0;
        FloatVector d3 = d0;
        for (int k = 0; k < HALF; k += 2) {
            IntVector even = TileReader.bytes(w, at + k * ROWS, lane);
            IntVector odd = TileReader.bytes(w, at + (k + 1) * ROWS, lane);
            d0 = TileReader.real(even.and(15)).fma(FloatVector.broadcast(Lanes.F, x[xb + k]), d0);
            d1 = TileReader.real(odd.and(15)).fma(FloatVector.broadcast(Lanes.F, x[xb + k + 1]), d1);
            d2 = TileReader.real(even.lanewise(VectorOperators.LSHR, 4).and(15))
                    .fma(FloatVector.broadcast(Lanes.F, x[xb + k + HALF]), d2);
            d3 = TileReader.real(odd.lanewise(VectorOperators.LSHR, 4).and(15))
                    .fma(FloatVector.broadcast(Lanes.F, x[xb + k + 1 + HALF]), d3);
        }
        return d0.add(d1).add(d2.add(d3));
    }

    private static FloatVector q5k(VectorMatrix matrix, long tile, int lane, VectorActivations.Quantized x, int row) {
        MemorySegment w = matrix.data();
        int blocks = matrix.columns() / BLOCK;
        FloatVector acc = FloatVector.zero(Lanes.F);
        for (int b = 0; b < blocks; b++) {
            long at = tile + matrix.layout().block(b);
            int block = row * blocks + b;
            int xb = block * BLOCK;
            IntVector fifth = TileReader.words(w, at + TileLayout.NIBBLES, lane);
            FloatVector d0 = FloatVector.zero(Lanes.F);
            FloatVector d1 = d0;
            for (int k = 0; k < HALF; k++) {
                IntVector both = TileReader.bytes(w, at + k * ROWS, lane);
                IntVector low = fifth.lanewise(VectorOperators.LSHR, k).and(1).lanewise(VectorOperators.LSHL, 4);
                IntVector high =
                        fifth.lanewise(VectorOperators.LSHR, k + HALF).and(1).lanewise(VectorOperators.LSHL, 4);
                d0 = TileReader.real(both.and(15).or(low)).fma(FloatVector.broadcast(Lanes.F, x.quants()[xb + k]), d0);
                d1 = TileReader.real(
                                both.lanewise(VectorOperators.LSHR, 4).and(15).or(high))
                        .fma(FloatVector.broadcast(Lanes.F, x.quants()[xb + k + HALF]), d1);
            }
            long header = tile + matrix.layout().header(b);
            acc = d0.add(d1)
                    .fma(scale(w, header, at + TileLayout.Q5_SCALES, lane).mul(x.scales()[block]), acc);
            acc = minimum(w, header, at + TileLayout.Q5_SCALES, lane, x, block, acc);
        }
        return acc;
    }

    private static FloatVector q6k(VectorMatrix matrix, long tile, int lane, VectorActivations.Quantized x, int row) {
        MemorySegment w = matrix.data();
        int blocks = matrix.columns() / BLOCK;
        FloatVector acc = FloatVector.zero(Lanes.F);
        for (int b = 0; b < blocks; b++) {
            long at = tile + matrix.layout().block(b);
            int block = row * blocks + b;
            int xb = block * BLOCK;
            IntVector lowBits = TileReader.words(w, at + TileLayout.NIBBLES, lane);
            IntVector highBits = TileReader.words(w, at + TileLayout.NIBBLES + 4 * ROWS, lane);
            FloatVector d0 = FloatVector.zero(Lanes.F);
            FloatVector d1 = d0;
            for (int k = 0; k < HALF; k++) {
                IntVector both = TileReader.bytes(w, at + k * ROWS, lane);
                IntVector low =
                        lowBits.lanewise(VectorOperators.LSHR, 2 * k).and(3).lanewise(VectorOperators.LSHL, 4);
                IntVector high =
                        highBits.lanewise(VectorOperators.LSHR, 2 * k).and(3).lanewise(VectorOperators.LSHL, 4);
                d0 = TileReader.real(both.and(15).or(low)).fma(FloatVector.broadcast(Lanes.F, x.quants()[xb + k]), d0);
                d1 = TileReader.real(
                                both.lanewise(VectorOperators.LSHR, 4).and(15).or(high))
                        .fma(FloatVector.broadcast(Lanes.F, x.quants()[xb + k + HALF]), d1);
            }
            FloatVector lowScale = TileReader.real(TileReader.bytes(w, at + TileLayout.Q6_SCALES, lane));
            FloatVector highScale = TileReader.real(TileReader.bytes(w, at + TileLayout.Q6_SCALES + ROWS, lane));
            FloatVector dot = d0.sub(32f * x.sums()[2 * block])
                    .mul(lowScale)
                    .add(d1.sub(32f * x.sums()[2 * block + 1]).mul(highScale));
            FloatVector scale = TileReader.halves(w, tile + matrix.layout().header(b), lane);
            acc = dot.fma(scale.mul(x.scales()[block]), acc);
        }
        return acc;
    }

    private static FloatVector scale(MemorySegment w, long header, long parts, int lane) {
        return TileReader.halves(w, header, lane).mul(TileReader.real(TileReader.bytes(w, parts, lane)));
    }

    private static FloatVector minimum(
            MemorySegment w,
            long header,
            long parts,
            int lane,
            VectorActivations.Quantized x,
            int block,
            FloatVector acc) {
        FloatVector minimum = TileReader.halves(w, header + TileLayout.DMIN, lane)
                .mul(TileReader.real(TileReader.bytes(w, parts + ROWS, lane)))
                .mul(x.scales()[block]);
        return FloatVector.broadcast(Lanes.F, -x.sum(block)).fma(minimum, acc);
    }
}
