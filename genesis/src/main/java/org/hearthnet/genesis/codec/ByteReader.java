package org.hearthnet.genesis.codec;

import java.nio.ByteBuffer;

/** A cursor over bytes from outside; every read is checked and names the field it was for. */
final class ByteReader {
    private final ByteBuffer buffer;

    ByteReader(byte[] bytes) {
        this.buffer = ByteBuffer.wrap(bytes);
    }

    int remaining() {
        return buffer.remaining();
    }

    int offset() {
        return buffer.position();
    }

    CodecException error(String field, String what) {
        return new CodecException(field + " at offset " + buffer.position() + ": " + what);
    }

    private void need(String field, int bytes) {
        if (buffer.remaining() < bytes) {
            throw error(field, "needs " + bytes + " bytes, " + buffer.remaining() + " left");
        }
    }

    int u8(String field) {
        need(field, 1);
        return buffer.get() & 0xFF;
    }

    int i32(String field) {
        need(field, 4);
        return buffer.getInt();
    }

    long i64(String field) {
        need(field, 8);
        return buffer.getLong();
    }

    /** A length or count: not negative, within {@code limit}, and not more than the bytes that are left. */
    int length(String field, int limit) {
        int n = i32(field);
        if (n < 0 || n > limit) {
            throw error(field, "length " + Integer.toUnsignedString(n) + " is over the limit of " + limit);
        }
        if (n > buffer.remaining()) {
            throw error(field, "length " + n + ", but only " + buffer.remaining() + " bytes left");
        }
        return n;
    }

    byte[] bytes(int count) {
        byte[] out = new byte[count];
        buffer.get(out);
        return out;
    }
}
