package org.hearthnet.inference.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;

/** F32 and F16 tiles times vectors: sequential {@code fma} over columns in every lane. */
final class VectorFloats {
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;

    private VectorFloats() {}

    /** {@code Lanes.WIDTH} rows of an F32 tile from byte {@code tile} on, times one vector. */
    static FloatVector f32(MemorySegment w, long tile, int columns, float[] x, int xAt) {
        FloatVector acc = FloatVector.zero(Lanes.F);
        for (int i = 0; i < columns; i++) {
            FloatVector weights = FloatVector.fromMemorySegment(Lanes.F, w, tile + i * 64L, LE);
            acc = weights.fma(FloatVector.broadcast(Lanes.F, x[xAt + i]), acc);
        }
        return acc;
    }

    /** {@code Lanes.WIDTH} rows of an F16 tile from byte {@code tile} on, times one vector. */
    static FloatVector f16(MemorySegment w, long tile, int columns, float[] x, int xAt) {
        FloatVector acc = FloatVector.zero(Lanes.F);
        for (int i = 0; i < columns; i++) {
            FloatVector weights = Lanes.widen(ShortVector.fromMemorySegment(Lanes.S, w, tile + i * 32L, LE));
            acc = weights.fma(FloatVector.broadcast(Lanes.F, x[xAt + i]), acc);
        }
        return acc;
    }

    /** {@code Lanes.WIDTH} rows of a BF16 tile from byte {@code tile} on, times one vector. */
    static FloatVector bf16(MemorySegment w, long tile, int columns, float[] x, int xAt) {
        FloatVector acc = FloatVector.zero(Lanes.F);
        for (int i = 0; i < columns; i++) {
            FloatVector weights = TileReader.upperHalves(w, tile + i * 32L, 0);
            acc = weights.fma(FloatVector.broadcast(Lanes.F, x[xAt + i]), acc);
        }
        return acc;
    }

    /** Four vectors at once, which hides the latency of the sums; elements lie {@code stride} apart. */
    static void fourF32(
            MemorySegment w,
            long tile,
            int columns,
            float[] x,
            int xAt,
            int stride,
            float[] out,
            int outAt,
            int outStride) {
        FloatVector a0 = FloatVector.zero(Lanes.F);
        FloatVector a1 = FloatVector.zero(Lanes.F);
        FloatVector a2 = FloatVector.zero(Lanes.F);
        FloatVector a3 = FloatVector.zero(Lanes.F);
        for (int i = 0; i < columns; i++) {
            FloatVector weights = FloatVector.fromMemorySegment(Lanes.F, w, tile + i * 64L, LE);
            a0 = weights.fma(FloatVector.broadcast(Lanes.F, x[xAt + i]), a0);
            a1 = weights.fma(FloatVector.broadcast(Lanes.F, x[xAt + stride + i]), a1);
            a2 = weights.fma(FloatVector.broadcast(Lanes.F, x[xAt + 2 * stride + i]), a2);
            a3 = weights.fma(FloatVector.broadcast(Lanes.F, x[xAt + 3 * stride + i]), a3);
        }
        a0.intoArray(out, outAt);
        a1.intoArray(out, outAt + outStride);
        a2.intoArray(out, outAt + 2 * outStride);
        a3.intoArray(out, outAt + 3 * outStride);
    }
}
