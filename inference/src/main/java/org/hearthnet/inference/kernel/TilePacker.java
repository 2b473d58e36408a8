package org.hearthnet.inference.kernel;

import static org.hearthnet.inference.kernel.TileLayout.NIBBLES;
import static org.hearthnet.inference.kernel.TileLayout.NIBBLE_WORDS;
import static org.hearthnet.inference.kernel.TileLayout.ROWS;
import static org.hearthnet.inference.kernel.TileLayout.WORD;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.hearthnet.genesis.arithmetic.Arithmetic;

/** Puts rows as they are in a file into a tile, see {@link TileLayout}. For one thread. */
final class TilePacker {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    private static final int LOW_NIBBLES = 0x0F0F0F0F;
    private static final long BIT_OF_EACH_BYTE = 0x0101010101010101L;

    private final TileLayout layout;
    private final int columns;
    private final byte[] tile;

    TilePacker(TileLayout layout, int columns) {
        this.layout = layout;
        this.columns = columns;
        this.tile = new byte[Math.toIntExact(layout.tileBytes(columns))];
    }

    /** The tile as packed so far. */
    byte[] tile() {
        return tile;
    }

    /** Packs 16 rows of a tensor, those past its end being zeros. */
    void pack(byte[][] rows) {
        switch (layout.format()) {
            case F32 -> {
                for (int lane = 0; lane < ROWS; lane++) {
                    words(rows[lane], 0, columns, 0, lane);
                }
            }
            case F16, BF16 -> {
                for (int lane = 0; lane < ROWS; lane++) {
                    halves(rows[lane], 0, columns, 0, lane);
                }
            }
            case Q8_0 -> bytes(rows);
            case Q4_0, Q4_K, Q5_K, Q6_K -> {
                for (int lane = 0; lane < ROWS; lane++) {
                    superBlocks(rows[lane], lane);
                }
            }
        }
    }

    private void bytes(byte[][] rows) {
        int blockBytes = layout.format().blockBytes();
        for (int b = 0; b < columns / Arithmetic.BLOCK; b++) {
            int from = b * blockBytes;
            int to = (int) layout.block(b);
            for (int i = 0; i < Arithmetic.BLOCK; i += 8) {
                ByteTranspose.transpose(rows, 0, from + 2 + i, tile, to + i * ROWS, ROWS);
                ByteTranspose.transpose(rows, 8, from + 2 + i, tile, to + i * ROWS + 8, ROWS);
            }
            for (int lane = 0; lane < ROWS; lane++) {
                halves(rows[lane], from, 1, to + TileLayout.Q8_SCALES, lane);
            }
        }
    }

    private void superBlocks(byte[] row, int lane) {
        int bytes = layout.format().blockBytes();
        int per = layout.blocksPerSuper();
        for (int b = 0; b < columns / Arithmetic.BLOCK; b++) {
            int from = b / per * bytes;
            int header = (int) layout.header(b);
            int to = (int) layout.block(b);
            switch (layout.format()) {
                case Q4_0 -> {
                    words(row, from + 2, NIBBLE_WORDS, to, lane);
                    halves(row, from, 1, to + NIBBLES, lane);
                }
                case Q4_K -> {
                    scalesAndMinimums(row, from, b % per, header, to + TileLayout.Q4_SCALES, lane);
                    nibbles(row, from + 16 + b % per / 2 * 32, b % 2, to, lane);
                }
                case Q5_K -> {
                    scalesAndMinimums(row, from, b % per, header, to + TileLayout.Q5_SCALES, lane);
                    nibbles(row, from + 48 + b % per / 2 * 32, b % 2, to, lane);
                    fifthBits(row, from + 16, b % per, to + NIBBLES, lane);
                }
                case Q6_K -> q6k(row, from, b % per, header, to, lane);
                case Q8_0, F32, F16, BF16 ->
                    throw new IllegalStateException(layout.format() + " is not packed by rows");
            }
        }
    }

    /** 16-bit values, each to the lane's place in a vector of rows. */
    private void halves(byte[] row, int from, int count, int to, int lane) {
        for (int i = 0; i < count; i++) {
            int at = to + (i * ROWS + lane) * 2;
            tile[at] = row[from + 2 * i];
            tile[at + 1] = row[from + 2 * i + 1];
        }
    }

    /** 32-bit values, each to the lane's place in a vector of rows. */
    private void words(byte[] row, int from, int count, int to, int lane) {
        for (int i = 0; i < count; i++) {
            word((int) INT.get(row, from + 4 * i), to + i * WORD, lane);
        }
    }

    /** 32 bytes of which the numbers are the low or the high nibbles. */
    private void nibbles(byte[] row, int from, int high, int to, int lane) {
        for (int j = 0; j < NIBBLE_WORDS; j++) {
            int first = (int) INT.get(row, from + 4 * j) >>> 4 * high & LOW_NIBBLES;
            int second = (int) INT.get(row, from + 4 * j + 16) >>> 4 * high & LOW_NIBBLES;
            word(first | second << 4, to + j * WORD, lane);
        }
    }

    private void scalesAndMinimums(byte[] row, int from, int sub, int header, int to, int lane) {
        halves(row, from, 2, header, lane);
        int s = from + 4;
        int first = row[s + sub] & 0xFF;
        if (sub < 4) {
            tile[to + lane] = (byte) (first & 63);
            tile[to + ROWS + lane] = (byte) (row[s + sub + 4] & 63);
        } else {
            int both = row[s + sub + 4] & 0xFF;
            tile[to + lane] = (byte) (both & 15 | (row[s + sub - 4] & 0xFF) >> 6 << 4);
            tile[to + ROWS + lane] = (byte) (both >> 4 | first >> 6 << 4);
        }
    }

    private void fifthBits(byte[] row, int from, int sub, int to, int lane) {
        long bits = 0;
        for (int i = 0; i < Arithmetic.BLOCK; i += 8) {
            bits |= Long.compress((long) LONG.get(row, from + i), BIT_OF_EACH_BYTE << sub) << i;
        }
        word((int) bits, to, lane);
    }

    private void q6k(byte[] row, int from, int sub, int header, int to, int lane) {
        int quarter = sub % 4;
        int low = from + sub / 4 * 64 + quarter % 2 * 32;
        int high = from + 128 + sub / 4 * 32;
        halves(row, from + 208, 1, header, lane);
        int scale = from + 192 + sub / 4 * 8 + quarter * 2;
        tile[to + TileLayout.Q6_SCALES + lane] = row[scale];
        tile[to + TileLayout.Q6_SCALES + ROWS + lane] = row[scale + 1];
        nibbles(row, low, quarter / 2, to, lane);
        long pairs = 3 * BIT_OF_EACH_BYTE << 2 * quarter;
        for (int half = 0; half < 2; half++) {
            long first = Long.compress((long) LONG.get(row, high + 16 * half), pairs);
            long second = Long.compress((long) LONG.get(row, high + 16 * half + 8), pairs);
            word((int) (first | second << 16), to + NIBBLES + half * WORD, lane);
        }
    }

    private void word(int value, int to, int lane) {
        INT.set(tile, to + lane * 4, value);
    }
}
