package org.hearthnet.inference.opencl;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.hearthnet.genesis.arithmetic.WeightFormat;

/**
 * The layout of weights that {@code matmul.cl} reads: the blocks of GGUF, with the 32-bit words of a tile's rows side by
 * side, [word][rows], followed by those 16 bits of a block that are no word, [rows]. It takes the bytes of the file.
 */
final class TransposedBlocks {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT_LE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT_LE =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final WeightFormat format;
    private final int rows;
    private final int firstWord;
    private final int words;
    /** Place of the 16 bits in a block; -1 for none. */
    private final int single;

    TransposedBlocks(WeightFormat format, int rows) {
        this.format = format;
        this.rows = rows;
        int bytes = format.blockBytes();
        single = switch (format) {
            case F16, BF16, Q8_0, Q4_0 -> 0;
            case Q6_K -> bytes - 2;
            case F32, Q4_K, Q5_K -> -1;
        };
        firstWord = single == 0 ? 2 : 0;
        words = (bytes - (single < 0 ? 0 : 2)) / 4;
    }

    /** Rows of a tile. */
    int rows() {
        return rows;
    }

    /** Bytes of a tile of rows of {@code columns}. */
    long tileBytes(int columns) {
        return format.rowBytes(columns) * rows;
    }

    /** Puts the bytes of a row into lane {@code lane} of a tile. */
    void put(byte[] row, int lane, MemorySegment tile) {
        int bytes = format.blockBytes();
        for (int at = 0; at < row.length; at += bytes) {
            long to = (long) at * rows;
            for (int w = 0; w < words; w++) {
                tile.set(INT_LE, to + 4L * ((long) w * rows + lane), (int) WORD.get(row, at + firstWord + 4 * w));
            }
            if (single >= 0) {
                tile.set(SHORT_LE, to + 4L * words * rows + 2L * lane, (short) SHORT.get(row, at + single));
            }
        }
    }
}
