package org.hearthnet.inference.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.genesis.arithmetic.BlockQuantizer;
import org.hearthnet.genesis.arithmetic.Exponential;
import org.hearthnet.genesis.arithmetic.Poison;
import org.hearthnet.genesis.arithmetic.PoisonException;
import org.jspecify.annotations.Nullable;

/**
 * A batch for {@link VectorKernel}. The int8 quants are kept as floats, since that is what the block dots multiply:
 * products and sums of such small integers are exact in fp32.
 */
final class VectorActivations implements Activations {
    /**
     * Quantised form: {@code quants} [rows][columns] holding -127..127, {@code scales} [rows][columns / 32], {@code sums}
     * of the quants [rows][columns / 16]. The arrays may be longer.
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Quantized(float[] quants, float[] scales, float[] sums) {
        /** The sum of the quants of a block of 32. */
        float sum(int block) {
            return sums[2 * block] + sums[2 * block + 1];
        }
    }

    private static final int HALF = Arithmetic.BLOCK / 2;

    private final float[] x;
    private final int rows;
    private final int columns;
    private final Scratch scratch;
    private @Nullable Quantized quantized;
    private @Nullable PackedActivations packed;
    private @Nullable PackedActivations packedValues;

    /** A batch whose other forms lie in {@code scratch}, until the next batch takes it. */
    VectorActivations(float[] x, int rows, int columns, Scratch scratch) {
        this.scratch = scratch;
        this.x = x;
        this.rows = rows;
        this.columns = columns;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    float[] values() {
        return x;
    }

    void check() {
        int i = 0;
        for (; i + Lanes.WIDTH <= rows * columns; i += Lanes.WIDTH) {
            Lanes.check(FloatVector.fromArray(Lanes.F, x, i), "activation");
        }
        Poison.checkAll(x, i, rows * columns - i, "activation");
    }

    Quantized quantized(WorkerPool pool) {
        Quantized known = quantized;
        if (known == null) {
            Quantized fresh = new Quantized(
                    scratch.quants.atLeast(rows * columns),
                    scratch.scales.atLeast(rows * columns / Arithmetic.BLOCK),
                    scratch.sums.atLeast(rows * columns / HALF));
            pool.run(rows, r -> quantizeRow(fresh, r));
            quantized = fresh;
            known = fresh;
        }
        return known;
    }

    PackedActivations packed(WorkerPool pool) {
        PackedActivations known = packed;
        if (known == null) {
            known = PackedActivations.pack(quantized(pool), rows, columns, pool, scratch);
            packed = known;
        }
        return known;
    }

    /** The values as they are, checked. */
    PackedActivations packedValues(WorkerPool pool) {
        PackedActivations known = packedValues;
        if (known == null) {
            check();
            known = PackedActivations.pack(x, rows, columns, pool, scratch);
            packedValues = known;
        }
        return known;
    }

    private void quantizeRow(Quantized to, int row) {
        int blocks = columns / Arithmetic.BLOCK;
        for (int b = row * blocks; b < (row + 1) * blocks; b++) {
            to.scales()[b] = quantizeBlock(x, b * Arithmetic.BLOCK, to.quants());
            // Integers far below 2^24: any order of the sum gives them exactly.
            to.sums()[2 * b] = Lanes.sum(to.quants(), 2 * b * HALF, HALF);
            to.sums()[2 * b + 1] = Lanes.sum(to.quants(), (2 * b + 1) * HALF, HALF);
        }
    }

    /** {@link BlockQuantizer#quantize} with the quants as floats. */
    private static float quantizeBlock(float[] x, int offset, float[] quants) {
        FloatVector maximum = FloatVector.zero(Lanes.F);
        for (int i = 0; i < Arithmetic.BLOCK; i += Lanes.WIDTH) {
            // max keeps a NaN, so one test at the end sees every bad lane
            maximum = maximum.max(FloatVector.fromArray(Lanes.F, x, offset + i).abs());
        }
        float amax = maximum.reduceLanes(VectorOperators.MAX);
        if (!Poison.isSound(amax)) {
            throw new PoisonException("activation is NaN, infinite or too large");
        }
        float scale = amax / 127f;
        if (scale < Float.MIN_NORMAL) {
            java.util.Arrays.fill(quants, offset, offset + Arithmetic.BLOCK, 0f);
            return 0f;
        }
        float inverse = 1f / scale;
        FloatVector rounder = FloatVector.broadcast(Lanes.F, Exponential.ROUNDER);
        for (int i = 0; i < Arithmetic.BLOCK; i += Lanes.WIDTH) {
            FloatVector v = FloatVector.fromArray(Lanes.F, x, offset + i).mul(inverse);
            v.add(rounder).sub(rounder).max(-127f).min(127f).intoArray(quants, offset + i);
        }
        return scale;
    }
}
