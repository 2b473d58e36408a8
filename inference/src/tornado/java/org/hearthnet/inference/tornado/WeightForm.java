package org.hearthnet.inference.tornado;

import org.hearthnet.genesis.arithmetic.WeightFormat;

/**
 * How weights lie on the device. Words and scales of a block of 32 columns, as {@code genesis.arithmetic.WeightBlock}
 * gives them, are [tile][block][word][row] and [tile][block][scale][row] with {@link MatrixKernels#TILE} rows to a tile: work-items
 * beside each other read words beside each other, and those of a group one stream of memory. Scales and minimums are fp32,
 * which holds them exactly.
 */
enum WeightForm {
    /** Values as fp32, [tile][column][row]: F32, F16 and BF16. */
    FLOATS(0, 1),
    /** Signed bytes and a scale: Q8_0. */
    BYTES(MatrixKernels.BYTE_WORDS, 1),
    /** Bytes, a scale and a minimum: Q5_K. */
    BYTES_WITH_MINIMUM(MatrixKernels.BYTE_WORDS, 2),
    /** Signed bytes, a word with the factors of both sixteens plus 128, and a scale: Q6_K. */
    SCALED_BYTES(MatrixKernels.BYTE_WORDS + 1, 1),
    /** Nibbles that stand for -8..7, and a scale: Q4_0. */
    NIBBLES(MatrixKernels.NIBBLE_WORDS, 1),
    /** Nibbles, a scale and a minimum: Q4_K. */
    NIBBLES_WITH_MINIMUM(MatrixKernels.NIBBLE_WORDS, 2);

    private final int words;
    private final int scales;

    WeightForm(int words, int scales) {
        this.words = words;
        this.scales = scales;
    }

    /** 32-bit words of a block. */
    int words() {
        return words;
    }

    /** Floats of a block; of a column for {@link #FLOATS}. */
    int scales() {
        return scales;
    }

    /** The form of a format's weights. */
    static WeightForm of(WeightFormat format) {
        return switch (format) {
            case F32, F16, BF16 -> FLOATS;
            case Q8_0 -> BYTES;
            case Q5_K -> BYTES_WITH_MINIMUM;
            case Q6_K -> SCALED_BYTES;
            case Q4_0 -> NIBBLES;
            case Q4_K -> NIBBLES_WITH_MINIMUM;
        };
    }
}
