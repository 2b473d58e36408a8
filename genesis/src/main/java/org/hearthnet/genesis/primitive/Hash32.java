package org.hearthnet.genesis.primitive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** A SHA-256 digest: 32 bytes, ordered as an unsigned big-endian number. */
public record Hash32(long a, long b, long c, long d) implements Comparable<Hash32> {
    /** Length in bytes. */
    public static final int BYTES = 32;

    /** All zero bits: stands for "none" where a hash is required by the format. */
    public static final Hash32 ZERO = new Hash32(0, 0, 0, 0);

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /**
     * Reads 32 bytes.
     *
     * @throws IllegalArgumentException if {@code bytes} has another length
     */
    public static Hash32 of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a hash has 32 bytes, got " + bytes.length);
        }
        return at(bytes, 0);
    }

    /** Reads 32 bytes from {@code offset}. */
    public static Hash32 at(byte[] bytes, int offset) {
        return new Hash32(
                (long) LONG.get(bytes, offset),
                (long) LONG.get(bytes, offset + 8),
                (long) LONG.get(bytes, offset + 16),
                (long) LONG.get(bytes, offset + 24));
    }

    /**
     * Parses 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException if {@code hex} is anything else
     */
    public static Hash32 fromHex(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    /** The 32 bytes, in a new array. */
    public byte[] toArray() {
        byte[] out = new byte[BYTES];
        write(out, 0);
        return out;
    }

    /** Writes the 32 bytes at {@code offset}. */
    public void write(byte[] out, int offset) {
        LONG.set(out, offset, a);
        LONG.set(out, offset + 8, b);
        LONG.set(out, offset + 16, c);
        LONG.set(out, offset + 24, d);
    }

    /** 64 lower-case hexadecimal digits. */
    public String toHex() {
        return HexFormat.of().formatHex(toArray());
    }

    /** The first 8 hexadecimal digits, for people. */
    public String shortHex() {
        return toHex().substring(0, 8);
    }

    @Override
    public int compareTo(Hash32 o) {
        int r = Long.compareUnsigned(a, o.a);
        if (r == 0) {
            r = Long.compareUnsigned(b, o.b);
        }
        if (r == 0) {
            r = Long.compareUnsigned(c, o.c);
        }
        return r == 0 ? Long.compareUnsigned(d, o.d) : r;
    }

    @Override
    public String toString() {
        return toHex();
    }
}
