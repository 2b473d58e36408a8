package org.hearthnet.inference.kernel;

import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.genesis.arithmetic.WeightFormat;

/**
 * Where the parts of a tile of 16 rows lie. Every part holds one value of each row, rows side by side, so that a vector
 * of rows is one load.
 *
 * <p>F32, F16, BF16: [columns][16] values. Quantised formats: super-blocks, each a header and blocks of 32 columns:
 *
 * <table>
 * <caption>Parts</caption>
 * <tr><th>format</th><th>header</th><th>block</th></tr>
 * <tr><td>Q8_0</td><td></td><td>32 int8, fp16 d</td></tr>
 * <tr><td>Q4_0</td><td></td><td>4 words of nibbles, fp16 d</td></tr>
 * <tr><td>Q4_K</td><td>fp16 d, fp16 dmin</td><td>4 words of nibbles, uint8 scale, uint8 minimum</td></tr>
 * <tr><td>Q5_K</td><td>fp16 d, fp16 dmin</td><td>4 words of nibbles, word of fifth bits, uint8 scale, uint8 minimum</td></tr>
 * <tr><td>Q6_K</td><td>fp16 d</td><td>4 words of nibbles, 2 words of upper bits, 2 int8 scales</td></tr>
 * </table>
 *
 * <p>Words have 32 bits. Byte i of word j of the nibbles holds the low bits of columns 4j + i (low nibble) and 4j + i + 16
 * (high nibble), as the bytes of a Q4_0 block do. Bit k of the fifth bits belongs to column k. Bits 2k and 2k + 1 of the
 * first word of upper bits belong to column k, of the second to column k + 16.
 *
 * @param blocksPerSuper blocks of 32 columns that share a header
 * @param headerBytes bytes of a header
 * @param blockBytes bytes of a block
 */
record TileLayout(WeightFormat format, int blocksPerSuper, int headerBytes, int blockBytes) {
    /** Rows of a tile. */
    static final int ROWS = 16;

    /** Words of nibbles of a block. */
    static final int NIBBLE_WORDS = 4;

    /** Bytes of one word of each row. */
    static final int WORD = 4 * ROWS;

    /** Bytes of the nibbles of a block; what follows them starts here. */
    static final int NIBBLES = NIBBLE_WORDS * WORD;

    /** Offset of the scales in a Q8_0 block. */
    static final int Q8_SCALES = Arithmetic.BLOCK * ROWS;

    /** Offset of dmin in a header. */
    static final int DMIN = 2 * ROWS;

    /** Offset of the 6-bit scales, then minimums, in a Q4_K block. */
    static final int Q4_SCALES = NIBBLES;

    /** Offset of the 6-bit scales, then minimums, in a Q5_K block. */
    static final int Q5_SCALES = NIBBLES + WORD;

    /** Offset of the two int8 scales in a Q6_K block. */
    static final int Q6_SCALES = NIBBLES + 2 * WORD;

    static TileLayout of(WeightFormat format) {
        return switch (format) {
            case F32, F16, BF16 -> new TileLayout(format, 1, 0, 0);
            case Q8_0 -> new TileLayout(format, 1, 0, Q8_SCALES + 2 * ROWS);
            case Q4_0 -> new TileLayout(format, 1, 0, NIBBLES + 2 * ROWS);
            case Q4_K -> new TileLayout(format, 8, 4 * ROWS, Q4_SCALES + 2 * ROWS);
            case Q5_K -> new TileLayout(format, 8, 4 * ROWS, Q5_SCALES + 2 * ROWS);
            case Q6_K -> new TileLayout(format, 8, 2 * ROWS, Q6_SCALES + 2 * ROWS);
        };
    }

    /** Bytes of a tile with {@code columns} columns. */
    long tileBytes(int columns) {
        if (!format.isQuantized()) {
            return ROWS * format.rowBytes(columns);
        }
        return (long) columns / Arithmetic.BLOCK / blocksPerSuper * superBytes();
    }

    private int superBytes() {
        return headerBytes + blocksPerSuper * blockBytes;
    }

    /** Offset of the header of block {@code b} in its tile. */
    long header(int b) {
        return (long) (b / blocksPerSuper) * superBytes();
    }

    /** Offset of block {@code b} in its tile. */
    long block(int b) {
        return header(b) + headerBytes + (long) (b % blocksPerSuper) * blockBytes;
    }
}
