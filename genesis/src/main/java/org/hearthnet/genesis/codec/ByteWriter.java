package org.hearthnet.genesis.codec;

import java.util.Arrays;

/** A growing big-endian byte buffer. */
final class ByteWriter {
    private byte[] buffer = new byte[256];
    private int size;

    private void ensure(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(size, more)));
        }
    }

    void u8(int value) {
        ensure(1);
        buffer[size++] = (byte) value;
    }

    void i32(int value) {
        ensure(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
    }

    void i64(long value) {
        i32((int) (value >>> 32));
        i32((int) value);
    }

    void bytes(byte[] value) {
        ensure(value.length);
        System.arraycopy(value, 0, buffer, size, value.length);
        size += value.length;
    }

    byte[] toArray() {
        return Arrays.copyOf(buffer, size);
    }
}
