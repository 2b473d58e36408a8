package org.hearthnet.inference.kernel;

import jdk.incubator.vector.FloatVector;
import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.genesis.arithmetic.Poison;
import org.hearthnet.genesis.arithmetic.WeightFormat;

/**
 * Weights of any format times many vectors. For each block of 32 columns, a unit of rows (two vectors wide) is turned
 * into floats once, see {@link WeightUnit}, and multiplied with all groups of vectors, see {@link GemmTile}. For
 * quantised weights the products are block dots, exact integers below 2^24, and the sums over blocks get one {@code fma}
 * each per block (and one for the minimum), in block order. For plain weights they are the sums themselves, continued
 * from block to block in the order of columns. Sums lie in memory, [vector][row of the unit].
 *
 * <p>Several units share a block of the vectors while it is in the nearest cache.
 */
final class VectorGemm {
    /** Rows of a unit. */
    static final int UNIT = WeightUnit.ROWS;

    private static final int BLOCK = Arithmetic.BLOCK;

    private final VectorMatrix matrix;
    private final PackedActivations x;
    private final WeightUnit weights;
    private final float[] sums;
    private final int sumsOfUnit;

    /**
     * For one thread.
     *
     * @param sums memory to work with, see {@link #sums}
     */
    VectorGemm(VectorMatrix matrix, PackedActivations x, float[] sums) {
        this.matrix = matrix;
        this.x = x;
        this.weights = new WeightUnit(matrix);
        this.sumsOfUnit = x.padded() * UNIT;
        this.sums = sums;
    }

    /** Sums of {@code units} units at a time. */
    static int sums(PackedActivations x, int units) {
        return units * x.padded() * UNIT;
    }

    /** Rows {@code unit * UNIT} up to {@code (unit + count) * UNIT} times all vectors. */
    void compute(int unit, int count) {
        java.util.Arrays.fill(sums, 0, count * sumsOfUnit, 0f);
        boolean quantized = matrix.type().isQuantized();
        boolean bytes = matrix.type() == WeightFormat.Q8_0 && x.group(0) == 8;
        for (int b = 0; b < x.blocks(); b++) {
            for (int u = 0; u < count; u++) {
                int row = (unit + u) * UNIT;
                if (bytes) {
                    firstGroup(row, b, u * sumsOfUnit);
                    blockDots(b, 1, u * sumsOfUnit);
                    continue;
                }
                weights.load(row, b);
                if (quantized) {
                    blockDots(b, 0, u * sumsOfUnit);
                } else {
                    columns(b, u * sumsOfUnit);
                }
            }
        }
    }

    private void firstGroup(int row, int b, int out) {
        GemmBytes.dots8(
                matrix.data(),
                weights.block(row, b),
                weights.block(row + TileLayout.ROWS, b),
                weights,
                x.values(),
                x.valueIndex(b, 0),
                x.scales(),
                x.scaleIndex(b, 0),
                sums,
                out);
    }

    private void blockDots(int b, int firstGroup, int sumsAt) {
        boolean minimums = matrix.type().hasMinimum();
        for (int g = firstGroup; g < x.groups(); g++) {
            int values = x.valueIndex(b, g);
            int scales = x.scaleIndex(b, g);
            int out = sumsAt + g * PackedActivations.GROUP * UNIT;
            if (x.group(g) == 8) {
                GemmTile.dots8(weights, x.values(), values, x.scales(), scales, sums, out);
            } else {
                GemmTile.dots4(weights, x.values(), values, x.scales(), scales, sums, out);
            }
            if (minimums) {
                GemmTile.minimums(weights, x.sums(), x.scales(), scales, x.group(g), sums, out);
            }
        }
    }

    private void columns(int b, int sumsAt) {
        int count = Math.min(BLOCK, matrix.columns() - b * BLOCK);
        for (int g = 0; g < x.groups(); g++) {
            int group = x.group(g);
            int out = sumsAt + g * PackedActivations.GROUP * UNIT;
            for (int part = 0; part < group; part += 4) {
                int values = x.valueIndex(b, g) + part;
                GemmTile.columns4(weights.weights, x.values(), values, group, count, sums, out + part * UNIT);
            }
        }
    }

    /** Copies results of the {@code u}th unit computed: its rows {@code from} to {@code to} of vector {@code v}. */
    void store(int u, int v, int from, int to, float[] out, int outAt) {
        int at = u * sumsOfUnit + v * UNIT + from;
        int i = 0;
        for (; i + Lanes.WIDTH <= to - from; i += Lanes.WIDTH) {
            FloatVector sum = FloatVector.fromArray(Lanes.F, sums, at + i);
            Lanes.check(sum, "matrix row");
            sum.intoArray(out, outAt + i);
        }
        for (; i < to - from; i++) {
            out[outAt + i] = Poison.check(sums[at + i], "matrix row");
        }
    }
}
