package org.hearthnet.node.p2p.wire;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Unsigned varints as multiformats define them (<a
 * href="https://github.com/multiformats/unsigned-varint">unsigned-varint</a>): base 128, least significant group
 * first, at most nine bytes (63 bits), and only the shortest form of a number is valid.
 */
public final class Uvarint {
    /** The longest valid encoding in bytes. */
    public static final int MAX_BYTES = 9;

    private Uvarint() {}

    /** One byte at a time from somewhere outside. */
    @FunctionalInterface
    public interface ByteSource {
        /** The next byte, 0 to 255; an end of input is an {@link IOException}. */
        int next() throws IOException;
    }

    /** The number of bytes that {@code value} takes. */
    public static int size(long value) {
        requireUnsigned(value);
        return Math.max(1, (64 - Long.numberOfLeadingZeros(value) + 6) / 7);
    }

    public static byte[] encode(long value) {
        byte[] out = new byte[size(value)];
        put(out, 0, value);
        return out;
    }

    /** Writes {@code value} at {@code offset} and returns the offset after it. */
    public static int put(byte[] out, int offset, long value) {
        requireUnsigned(value);
        int at = offset;
        long rest = value;
        while (rest >= 0x80) {
            out[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        out[at++] = (byte) rest;
        return at;
    }

    public static long read(ByteSource source) throws IOException {
        long value = 0;
        for (int i = 0; i < MAX_BYTES; i++) {
            int b = source.next();
            value |= (long) (b & 0x7f) << (7 * i);
            if ((b & 0x80) == 0) {
                if (b == 0 && i > 0) {
                    throw new WireException("varint is not in its shortest form");
                }
                return value;
            }
        }
        throw new WireException("varint is longer than " + MAX_BYTES + " bytes");
    }

    /** Reads from the buffer's position; a truncated varint is a {@link WireException}. */
    public static long read(ByteBuffer buffer) throws WireException {
        try {
            return read(() -> buffer.get() & 0xff);
        } catch (BufferUnderflowException e) {
            throw new WireException("varint is cut short");
        } catch (WireException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("a buffer does no I/O", e);
        }
    }

    private static void requireUnsigned(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("varint of a negative number: " + value);
        }
    }
}
