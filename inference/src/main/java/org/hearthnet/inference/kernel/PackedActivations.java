package org.hearthnet.inference.kernel;

import java.util.Arrays;
import org.hearthnet.genesis.arithmetic.Arithmetic;

/**
 * Vectors in the order in which {@link VectorGemm} reads them: groups of {@link #GROUP} vectors, the last of 4 if that
 * holds the rest, filled up with zeros. {@code values} [block][group][32][vectors of the group]; if they are quantised,
 * {@code scales} and {@code sums} [block][vector]. The arrays may be longer.
 *
 * @param padded vectors with those that fill up
 */
@SuppressWarnings("ArrayRecordComponent")
record PackedActivations(int padded, int blocks, float[] values, float[] scales, float[] sums) {
    /** Vectors of a whole group: as many as the registers hold sums for, see {@link GemmTile}. */
    static final int GROUP = Lanes.WIDTH == 16 ? 8 : 4;

    /** Vectors of the smallest group. */
    static final int SMALL_GROUP = 4;

    private static PackedActivations empty(int rows, int columns, boolean quantized, Scratch scratch) {
        int padded = (rows + SMALL_GROUP - 1) / SMALL_GROUP * SMALL_GROUP;
        int blocks = (columns + Arithmetic.BLOCK - 1) / Arithmetic.BLOCK;
        int each = quantized ? padded * blocks : 0;
        return new PackedActivations(
                padded,
                blocks,
                (quantized ? scratch.packedQuants : scratch.packedPlain).atLeast(padded * blocks * Arithmetic.BLOCK),
                scratch.packedScales.atLeast(each),
                scratch.packedSums.atLeast(each));
    }

    /** Quantised vectors. */
    static PackedActivations pack(
            VectorActivations.Quantized from, int rows, int columns, WorkerPool pool, Scratch scratch) {
        PackedActivations packed = empty(rows, columns, true, scratch);
        pool.run(packed.groups(), group -> {
            packed.fill(from.quants(), rows, columns, group);
            packed.fillScales(from, rows, group);
        });
        return packed;
    }

    /** Vectors as they are. */
    static PackedActivations pack(float[] from, int rows, int columns, WorkerPool pool, Scratch scratch) {
        PackedActivations packed = empty(rows, columns, false, scratch);
        pool.run(packed.groups(), group -> packed.fill(from, rows, columns, group));
        return packed;
    }

    int groups() {
        return (padded + GROUP - 1) / GROUP;
    }

    /** Vectors of a group. */
    int group(int group) {
        return Math.min(GROUP, padded - group * GROUP);
    }

    /** Index of the values of a block of a group. */
    int valueIndex(int block, int group) {
        return scaleIndex(block, group) * Arithmetic.BLOCK;
    }

    /** Index of the scales and sums of a block of a group. */
    int scaleIndex(int block, int group) {
        return block * padded + group * GROUP;
    }

    private void fill(float[] from, int rows, int columns, int group) {
        int size = group(group);
        for (int b = 0; b < blocks; b++) {
            int count = Math.min(Arithmetic.BLOCK, columns - b * Arithmetic.BLOCK);
            if ((group + 1) * GROUP > rows) {
                int first = valueIndex(b, group);
                Arrays.fill(values, first, first + size * Arithmetic.BLOCK, 0f);
            }
            for (int i = 0; i < size && group * GROUP + i < rows; i++) {
                int source = (group * GROUP + i) * columns + b * Arithmetic.BLOCK;
                int target = valueIndex(b, group) + i;
                for (int k = 0; k < count; k++) {
                    values[target + k * size] = from[source + k];
                }
            }
        }
    }

    private void fillScales(VectorActivations.Quantized from, int rows, int group) {
        for (int i = 0; i < group(group); i++) {
            int row = group * GROUP + i;
            for (int b = 0; b < blocks; b++) {
                scales[scaleIndex(b, group) + i] = row < rows ? from.scales()[row * blocks + b] : 0f;
                sums[scaleIndex(b, group) + i] = row < rows ? from.sum(row * blocks + b) : 0f;
            }
        }
    }
}
