package org.hearthnet.inference.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;

/**
 * Tiles of plain weights times one vector: sequential {@code fma} over columns in every lane. Each step waits for the one
 * before, so four tiles are computed at a time to hide that.
 */
final class VectorFloats {
    /** Tiles that are computed at a time. */
    static final int TILES = 4;

    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;
    private static final int TILE = TileLayout.ROWS;

    private VectorFloats() {}

    /**
     * The results of the {@code Lanes.WIDTH} rows from {@code lane} on of {@link #TILES} tiles.
     *
     * @param tile the first tile; where there are no others after it, the last is taken in their place
     * @param xAt where the vector starts
     * @param out results of tile i at {@code i * 16 + lane}
     */
    static void four(VectorMatrix matrix, int tile, int lane, float[] x, int xAt, float[] out) {
        long[] at = new long[TILES];
        for (int i = 0; i < TILES; i++) {
            at[i] = Math.min(tile + i, matrix.tiles() - 1) * matrix.tileBytes()
                    + (long) lane * matrix.type().blockBytes();
        }
        switch (matrix.type()) {
            case F32 -> f32(matrix, at, x, xAt, out, lane);
            case F16 -> f16(matrix, at, x, xAt, out, lane);
            case BF16 -> bf16(matrix, at, x, xAt, out, lane);
            case Q8_0, Q4_0, Q4_K, Q5_K, Q6_K -> throw new IllegalArgumentException(matrix.type() + " has blocks");
        }
    }

    private static void f32(VectorMatrix matrix, long[] at, float[] x, int xAt, float[] out, int lane) {
        MemorySegment w = matrix.data();
        int columns = matrix.columns();
        long t0 = at[0];
        long t1 = at[1];
        long t2 = at[2];
        long t3 = at[3];
        FloatVector a0 = FloatVector.zero(Lanes.F);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        for (int i = 0; i < columns; i++) {
            FloatVector value = FloatVector.broadcast(Lanes.F, x[xAt + i]);
            long offset = (long) i * TILE * Float.BYTES;
            a0 = FloatVector.fromMemorySegment(Lanes.F, w, t0 + offset, LE).fma(value, a0);
            a1 = FloatVector.fromMemorySegment(Lanes.F, w, t1 + offset, LE).fma(value, a1);
            a2 = FloatVector.fromMemorySegment(Lanes.F, w, t2 + offset, LE).fma(value, a2);
            a3 = FloatVector.fromMemorySegment(Lanes.F, w, t3 + offset, LE).fma(value, a3);
        }
        a0.intoArray(out, lane);
        a1.intoArray(out, TILE + lane);
        a2.intoArray(out, 2 * TILE + lane);
        a3.intoArray(out, 3 * TILE + lane);
    }

    private static void f16(VectorMatrix matrix, long[] at, float[] x, int xAt, float[] out, int lane) {
        MemorySegment w = matrix.data();
        int columns = matrix.columns();
        long t0 = at[0];
        long t1 = at[1];
        long t2 = at[2];
        long t3 = at[3];
        FloatVector a0 = FloatVector.zero(Lanes.F);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        for (int i = 0; i < columns; i++) {
            FloatVector value = FloatVector.broadcast(Lanes.F, x[xAt + i]);
            long offset = (long) i * TILE * Short.BYTES;
            a0 = Lanes.widen(ShortVector.fromMemorySegment(Lanes.S, w, t0 + offset, LE))
                    .fma(value, a0);
            a1 = Lanes.widen(ShortVector.fromMemorySegment(Lanes.S, w, t1 + offset, LE))
                    .fma(value, a1);
            a2 = Lanes.widen(ShortVector.fromMemorySegment(Lanes.S, w, t2 + offset, LE))
                    .fma(value, a2);
            a3 = Lanes.widen(ShortVector.fromMemorySegment(Lanes.S, w, t3 + offset, LE))
                    .fma(value, a3);
        }
        a0.intoArray(out, lane);
        a1.intoArray(out, TILE + lane);
        a2.intoArray(out, 2 * TILE + lane);
        a3.intoArray(out, 3 * TILE + lane);
    }

    private static void bf16(VectorMatrix matrix, long[] at, float[] x, int xAt, float[] out, int lane) {
        MemorySegment w = matrix.data();
        int columns = matrix.columns();
        long t0 = at[0];
        long t1 = at[1];
        long t2 = at[2];
        long t3 = at[3];
        FloatVector a0 = FloatVector.zero(Lanes.F);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        for (int i = 0; i < columns; i++) {
            FloatVector value = FloatVector.broadcast(Lanes.F, x[xAt + i]);
            long offset = (long) i * TILE * Short.BYTES;
            a0 = TileReader.upperHalves(w, t0 + offset, 0).fma(value, a0);
            a1 = TileReader.upperHalves(w, t1 + offset, 0).fma(value, a1);
            a2 = TileReader.upperHalves(w, t2 + offset, 0).fma(value, a2);
            a3 = TileReader.upperHalves(w, t3 + offset, 0).fma(value, a3);
        }
        a0.intoArray(out, lane);
        a1.intoArray(out, TILE + lane);
        a2.intoArray(out, 2 * TILE + lane);
        a3.intoArray(out, 3 * TILE + lane);
    }
}
