package org.hearthnet.inference.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.genesis.arithmetic.WeightFormat;

/**
 * Q8_0 tiles times quantised vectors. The dot of a block is computed in fp32: all partial sums are integers below 2^24,
 * so any order and number of accumulators gives it exactly. The sum over blocks is one {@code fma} per block and lane,
 * in block order.
 */
final class VectorQ8 {
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;
    private static final int BLOCK = Arithmetic.BLOCK;
    private static final int BYTES = TileLayout.of(WeightFormat.Q8_0).blockBytes();

    private VectorQ8() {}

    /** {@code Lanes.WIDTH} rows of a tile, from {@code tile} on, times one vector. */
    static FloatVector one(MemorySegment w, long tile, int blocks, float[] x, int xAt, float[] scales, int scaleAt) {
        FloatVector acc = FloatVector.zero(Lanes.F);
        for (int b = 0; b < blocks; b++) {
            long at = tile + (long) b * BYTES;
            int xb = xAt + b * BLOCK;
            FloatVector d0 = FloatVector.zero(Lanes.F);
            FloatVector d1 = FloatVector.zero(Lanes.F);
            FloatVector d2 = FloatVector.zero(Lanes.F);
            FloatVector d3 = FloatVector.zero(Lanes.F);
            for (int k = 0; k < BLOCK; k += 8) {
                d0 = step(w, at, x, xb, k, d0);
                d1 = step(w, at, x, xb, k + 1, d1);
                d2 = step(w, at, x, xb, k + 2, d2);
                d3 = step(w, at, x, xb, k + 3, d3);
                d0 = step(w, at, x, xb, k + 4, d0);
                d1 = step(w, at, x, xb, k + 5, d1);
                d2 = step(w, at, x, xb, k + 6, d2);
                d3 = step(w, at, x, xb, k + 7, d3);
            }
            FloatVector dot = d0.add(d1).add(d2.add(d3));
            acc = dot.fma(scale(w, at).mul(scales[scaleAt + b]), acc);
        }
        return acc;
    }

    private static FloatVector step(MemorySegment w, long at, float[] x, int xb, int k, FloatVector dot) {
        return weights(w, at, k).fma(FloatVector.broadcast(Lanes.F, x[xb + k]), dot);
    }

    private static FloatVector weights(MemorySegment w, long at, int k) {
        return Lanes.widen(ByteVector.fromMemorySegment(Lanes.B, w, at + (long) k * VectorMatrix.TILE, LE));
    }

    /** Scales of the lanes; {@code at} is the block's start shifted by the first lane, one byte each. */
    private static FloatVector scale(MemorySegment w, long at) {
        long lane = at % VectorMatrix.TILE;
        return Lanes.widen(ShortVector.fromMemorySegment(Lanes.S, w, at + lane + TileLayout.Q8_SCALES, LE));
    }
}
