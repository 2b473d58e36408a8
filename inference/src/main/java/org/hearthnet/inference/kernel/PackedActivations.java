package org.hearthnet.inference.kernel;

import org.hearthnet.genesis.arithmetic.Arithmetic;

/**
 * Vectors in the order in which {@link VectorGemm} reads them: [block][group][32][6] values and, if they are quantised,
 * [block][group][6] scales and sums, where a group is six vectors; the last group and the last block are filled up with
 * zeros.
 */
@SuppressWarnings("ArrayRecordComponent")
record PackedActivations(int groups, int blocks, float[] values, float[] scales, float[] sums) {
    /** Vectors of a group. */
    static final int GROUP = 6;

    /** Values of one block of a group. */
    static final int GROUP_BLOCK = GROUP * Arithmetic.BLOCK;

    private static PackedActivations empty(int rows, int columns, boolean quantized) {
        int groups = (rows + GROUP - 1) / GROUP;
        int blocks = (columns + Arithmetic.BLOCK - 1) / Arithmetic.BLOCK;
        int each = quantized ? groups * blocks * GROUP : 0;
        return new PackedActivations(
                groups, blocks, new float[groups * blocks * GROUP_BLOCK], new float[each], new float[each]);
    }

    /** Quantised vectors. */
    static PackedActivations pack(VectorActivations.Quantized from, int rows, int columns, WorkerPool pool) {
        PackedActivations packed = empty(rows, columns, true);
        pool.run(packed.groups, group -> {
            for (int i = 0; i < GROUP && group * GROUP + i < rows; i++) {
                int row = group * GROUP + i;
                packed.fill(from.quants(), row * columns, columns, group, i);
                packed.fillScales(from, row, group, i);
            }
        });
        return packed;
    }

    /** Vectors as they are. */
    static PackedActivations pack(float[] from, int rows, int columns, WorkerPool pool) {
        PackedActivations packed = empty(rows, columns, false);
        pool.run(packed.groups, group -> {
            for (int i = 0; i < GROUP && group * GROUP + i < rows; i++) {
                packed.fill(from, (group * GROUP + i) * columns, columns, group, i);
            }
        });
        return packed;
    }

    private void fill(float[] from, int offset, int columns, int group, int member) {
        for (int b = 0; b < blocks; b++) {
            int source = offset + b * Arithmetic.BLOCK;
            int target = (b * groups + group) * GROUP_BLOCK + member;
            int count = Math.min(Arithmetic.BLOCK, columns - b * Arithmetic.BLOCK);
            for (int k = 0; k < count; k++) {
                values[target + k * GROUP] = from[source + k];
            }
        }
    }

    private void fillScales(VectorActivations.Quantized from, int row, int group, int member) {
        for (int b = 0; b < blocks; b++) {
            int at = (b * groups + group) * GROUP + member;
            scales[at] = from.scales()[row * blocks + b];
            sums[at] = from.sum(row * blocks + b);
        }
    }
}
