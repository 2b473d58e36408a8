package org.hearthnet.inference.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import org.hearthnet.genesis.arithmetic.Arithmetic;

/**
 * Q8_0 weights times many vectors. For each block, a unit of rows (two vectors wide) is turned into floats once and
 * multiplied with groups of six vectors: twelve block dots stay in registers, exact integers as in {@link VectorQ8}. The
 * sums over blocks lie in memory, [vector][row of the unit], and get one {@code fma} each per block, in block order.
 *
 * <p>Several units share a block of the vectors while it is in the nearest cache.
 */
final class VectorGemm {
    /** Rows of a unit. */
    static final int UNIT = 2 * Lanes.WIDTH;

    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;
    private static final int BLOCK = Arithmetic.BLOCK;
    private static final int GROUP = PackedActivations.GROUP;
    private static final int WIDTH = Lanes.WIDTH;

    private final VectorMatrix matrix;
    private final PackedActivations x;
    private final float[] weights = new float[BLOCK * UNIT];
    private final float[] scales = new float[UNIT];
    private final float[] dots = new float[GROUP * UNIT];
    private final float[] sums;
    private final int sumsOfUnit;

    /** For one thread, with room for {@code units} units at a time. */
    VectorGemm(VectorMatrix matrix, PackedActivations x, int units) {
        this.matrix = matrix;
        this.x = x;
        this.sumsOfUnit = x.groups() * GROUP * UNIT;
        this.sums = new float[units * sumsOfUnit];
    }

    /** Rows {@code unit * UNIT} up to {@code (unit + count) * UNIT} times all vectors. */
    void compute(int unit, int count) {
        java.util.Arrays.fill(sums, 0f);
        for (int b = 0; b < matrix.columns() / BLOCK; b++) {
            for (int u = 0; u < count; u++) {
                block(unit + u, b, u * sumsOfUnit);
            }
        }
    }

    /** The sums: of the {@code u}th unit computed, vector {@code v}: {@link #UNIT} values from this index of {@link #sums()}. */
    int index(int u, int v) {
        return u * sumsOfUnit + v * UNIT;
    }

    float[] sums() {
        return sums;
    }

    private void block(int unit, int b, int sumsAt) {
        int row = unit * UNIT;
        long first = address(row, b);
        long second = address(row + WIDTH, b);
        widen(first, 0);
        widen(second, WIDTH);
        scale(first, 0);
        scale(second, WIDTH);
        for (int g = 0; g < x.groups(); g++) {
            int at = b * x.groups() + g;
            dots(at * PackedActivations.GROUP_BLOCK);
            accumulate(at * GROUP, sumsAt + g * GROUP * UNIT);
        }
    }

    /** The first byte of block {@code b} of the lanes from {@code row} on; of the last tile where there are no such rows. */
    private long address(int row, int b) {
        int tile = Math.min(row / VectorMatrix.TILE, matrix.tiles() - 1);
        return tile * matrix.tileBytes() + (long) b * VectorMatrix.Q8_BYTES + row % VectorMatrix.TILE;
    }

    private void widen(long from, int to) {
        MemorySegment data = matrix.data();
        for (int k = 0; k < BLOCK; k++) {
            ByteVector bytes = ByteVector.fromMemorySegment(Lanes.B, data, from + k * VectorMatrix.TILE, LE);
            Lanes.widen(bytes).intoArray(weights, k * UNIT + to);
        }
    }

    private void scale(long at, int to) {
        long lane = at % VectorMatrix.TILE;
        Lanes.widen(ShortVector.fromMemorySegment(Lanes.S, matrix.data(), at + lane + VectorMatrix.Q8_SCALES, LE))
                .intoArray(scales, to);
    }

    /**
     * The block dots of a unit with a group of vectors. They go to an array, and no vector is handed from method to
     * method, because a call that the compiler does not inline would allocate each vector on the heap.
     */
    private void dots(int quants) {
        float[] q = x.quants();
        float[] w = weights;
        FloatVector a0 = FloatVector.zero(Lanes.F);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector a4 = a0;
        FloatVector a5 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector b2 = a0;
        FloatVector b3 = a0;
        FloatVector b4 = a0;
        FloatVector b5 = a0;
        for (int k = 0; k < BLOCK; k++) {
            FloatVector w0 = FloatVector.fromArray(Lanes.F, w, k * UNIT);
            FloatVector w1 = FloatVector.fromArray(Lanes.F, w, k * UNIT + WIDTH);
            int i = quants + k * GROUP;
            FloatVector x0 = FloatVector.broadcast(Lanes.F, q[i]);
            a0 = w0.fma(x0, a0);
            b0 = w1.fma(x0, b0);
            FloatVector x1 = FloatVector.broadcast(Lanes.F, q[i + 1]);
            a1 = w0.fma(x1, a1);
            b1 = w1.fma(x1, b1);
            FloatVector x2 = FloatVector.broadcast(Lanes.F, q[i + 2]);
            a2 = w0.fma(x2, a2);
            b2 = w1.fma(x2, b2);
            FloatVector x3 = FloatVector.broadcast(Lanes.F, q[i + 3]);
            a3 = w0.fma(x3, a3);
            b3 = w1.fma(x3, b3);
            FloatVector x4 = FloatVector.broadcast(Lanes.F, q[i + 4]);
            a4 = w0.fma(x4, a4);
            b4 = w1.fma(x4, b4);
            FloatVector x5 = FloatVector.broadcast(Lanes.F, q[i + 5]);
            a5 = w0.fma(x5, a5);
            b5 = w1.fma(x5, b5);
        }
        a0.intoArray(dots, 0);
        b0.intoArray(dots, WIDTH);
        a1.intoArray(dots, UNIT);
        b1.intoArray(dots, UNIT + WIDTH);
        a2.intoArray(dots, 2 * UNIT);
        b2.intoArray(dots, 2 * UNIT + WIDTH);
        a3.intoArray(dots, 3 * UNIT);
        b3.intoArray(dots, 3 * UNIT + WIDTH);
        a4.intoArray(dots, 4 * UNIT);
        b4.intoArray(dots, 4 * UNIT + WIDTH);
        a5.intoArray(dots, 5 * UNIT);
        b5.intoArray(dots, 5 * UNIT + WIDTH);
    }

    private void accumulate(int scaleAt, int out) {
        for (int member = 0; member < GROUP; member++) {
            float scale = x.scales()[scaleAt + member];
            for (int lane = 0; lane < UNIT; lane += WIDTH) {
                int at = out + member * UNIT + lane;
                FloatVector factor =
                        FloatVector.fromArray(Lanes.F, scales, lane).mul(scale);
                FloatVector.fromArray(Lanes.F, dots, member * UNIT + lane)
                        .fma(factor, FloatVector.fromArray(Lanes.F, sums, at))
                        .intoArray(sums, at);
            }
        }
    }
}
