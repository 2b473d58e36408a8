package org.hearthnet.inference.kernel;

import org.hearthnet.genesis.arithmetic.Arithmetic;

/**
 * Quantised vectors in the order in which {@link VectorGemm} reads them: [block][group][32][6] quants and
 * [block][group][6] scales, where a group is six vectors; the last group is filled up with zeros.
 */
@SuppressWarnings("ArrayRecordComponent")
record PackedActivations(int groups, float[] quants, float[] scales) {
    /** Vectors of a group. */
    static final int GROUP = 6;

    /** Quants of one block of a group. */
    static final int GROUP_BLOCK = GROUP * Arithmetic.BLOCK;

    static PackedActivations pack(VectorActivations.Quantized from, int rows, int columns, WorkerPool pool) {
        int groups = (rows + GROUP - 1) / GROUP;
        int blocks = columns / Arithmetic.BLOCK;
        var packed = new PackedActivations(
                groups, new float[groups * blocks * GROUP_BLOCK], new float[groups * blocks * GROUP]);
        pool.run(groups, group -> {
            for (int i = 0; i < GROUP && group * GROUP + i < rows; i++) {
                packed.fill(from, group * GROUP + i, group, i, blocks);
            }
        });
        return packed;
    }

    private void fill(VectorActivations.Quantized from, int row, int group, int member, int blocks) {
        for (int b = 0; b < blocks; b++) {
            int at = b * groups + group;
            scales[at * GROUP + member] = from.scales()[row * blocks + b];
            int source = (row * blocks + b) * Arithmetic.BLOCK;
            int target = at * GROUP_BLOCK + member;
            for (int k = 0; k < Arithmetic.BLOCK; k++) {
                quants[target + k * GROUP] = from.quants()[source + k];
            }
        }
    }
}
