package org.hearthnet.inference.kernel;

import static org.hearthnet.inference.kernel.TileLayout.NIBBLES;
import static org.hearthnet.inference.kernel.TileLayout.ROWS;

import org.hearthnet.genesis.arithmetic.Arithmetic;

/** Puts rows as they are in a file into a tile, see {@link TileLayout}. For one thread. */
final class TilePacker {
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

    /** Makes all rows zero. */
    void clear() {
        java.util.Arrays.fill(tile, (byte) 0);
    }

    /** Puts {@code row} into lane {@code lane}. */
    void put(byte[] row, int lane) {
        switch (layout.format()) {
            case F32, F16, BF16 -> spread(row, 0, row.length, layout.format().blockBytes(), 0, lane);
            case Q8_0, Q4_0, Q4_K, Q5_K, Q6_K -> superBlocks(row, lane);
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
                case Q8_0 -> {
                    spread(row, from + 2, 32, 1, to, lane);
                    spread(row, from, 2, 2, to + TileLayout.Q8_SCALES, lane);
                }
                case Q4_0 -> {
                    spread(row, from + 2, 16, 1, to, lane);
                    spread(row, from, 2, 2, to + NIBBLES, lane);
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
                case F32, F16, BF16 -> throw new IllegalStateException(layout.format() + " has no blocks");
            }
        }
    }

    /** Values of {@code size} bytes, each to the lane's place in a vector of rows. */
    private void spread(byte[] row, int from, int length, int size, int to, int lane) {
        for (int i = 0; i < length / size; i++) {
            for (int b = 0; b < size; b++) {
                tile[to + (i * ROWS + lane) * size + b] = row[from + i * size + b];
            }
        }
    }

    /** 32 bytes of which the numbers are the low or the high nibbles. */
    private void nibbles(byte[] row, int from, int high, int to, int lane) {
        for (int k = 0; k < 16; k++) {
            int low = row[from + k] >> 4 * high & 15;
            int upper = row[from + k + 16] >> 4 * high & 15;
            tile[to + k * ROWS + lane] = (byte) (low | upper << 4);
        }
    }

    private void scalesAndMinimums(byte[] row, int from, int sub, int header, int to, int lane) {
        spread(row, from, 4, 2, header, lane);
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
        int bits = 0;
        for (int i = 0; i < Arithmetic.BLOCK; i++) {
            bits |= (row[from + i] >> sub & 1) << i;
        }
        word(bits, to, lane);
    }

    private void q6k(byte[] row, int from, int sub, int header, int to, int lane) {
        int quarter = sub % 4;
        int low = from + sub / 4 * 64 + quarter % 2 * 32;
        int high = from + 128 + sub / 4 * 32;
        spread(row, from + 208, 2, 2, header, lane);
        spread(row, from + 192 + sub / 4 * 8 + quarter * 2, 2, 1, to + TileLayout.Q6_SCALES, lane);
        nibbles(row, low, quarter / 2, to, lane);
        for (int half = 0; half < 2; half++) {
            int bits = 0;
            for (int k = 0; k < 16; k++) {
                bits |= (row[high + half * 16 + k] >> 2 * quarter & 3) << 2 * k;
            }
            word(bits, to + NIBBLES + half * 4 * ROWS, lane);
        }
    }

    private void word(int value, int to, int lane) {
        for (int b = 0; b < 4; b++) {
            tile[to + lane * 4 + b] = (byte) (value >> 8 * b);
        }
    }
}
