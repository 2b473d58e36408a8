package org.hearthnet.node.bench.ring;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What goes from a stage to the next for one position of each sequence of a batch: four numbers, then 32 bits for each value.
 *
 * @param group which batch
 * @param sequences in the batch
 * @param position from 0
 * @param limit positions in all
 * @param values bits of tokens or of floats, the same number for each sequence
 */
@SuppressWarnings("ArrayRecordComponent")
record RingFrame(int group, int sequences, int position, int limit, int[] values) {
    static final int MAX_GROUPS = 64;
    static final int MAX_SEQUENCES = 64;
    static final int MAX_POSITIONS = 2048;
    private static final int HEADER_BYTES = 4 * Integer.BYTES;

    /** Largest encoding for vectors of {@code width} elements. */
    static int maxBytes(int width) {
        return HEADER_BYTES + MAX_SEQUENCES * width * Integer.BYTES;
    }

    byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + values.length * Integer.BYTES);
        out.putInt(group).putInt(sequences).putInt(position).putInt(limit);
        for (int value : values) {
            out.putInt(value);
        }
        return out.array();
    }

    /** Reads one with {@code width} values for each sequence. */
    static RingFrame decode(byte[] bytes, int width) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < HEADER_BYTES) {
            throw new IOException("a frame of " + bytes.length + " bytes");
        }
        int group = in.getInt();
        int sequences = in.getInt();
        int position = in.getInt();
        int limit = in.getInt();
        boolean sane = group >= 0
                && group < MAX_GROUPS
                && sequences >= 1
                && sequences <= MAX_SEQUENCES
                && limit >= 1
                && limit <= MAX_POSITIONS
                && position >= 0
                && position < limit;
        if (!sane || in.remaining() != sequences * width * Integer.BYTES) {
            throw new IOException("a frame that makes no sense");
        }
        int[] values = new int[sequences * width];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.getInt();
        }
        return new RingFrame(group, sequences, position, limit, values);
    }
}
