package org.hearthnet.genesis.primitive;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable byte string with value equality, ordered as unsigned bytes. */
public final class Bytes implements Comparable<Bytes> {
    /** The empty byte string. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] value;

    private Bytes(byte[] value) {
        this.value = value;
    }

    /** A copy of {@code value}. */
    public static Bytes of(byte[] value) {
        return value.length == 0 ? EMPTY : new Bytes(value.clone());
    }

    /** Takes ownership of {@code value}: the caller must not touch it again. For large buffers that are never shared. */
    public static Bytes owned(byte[] value) {
        return value.length == 0 ? EMPTY : new Bytes(value);
    }

    /**
     * Parses lower- or upper-case hexadecimal.
     *
     * @throws IllegalArgumentException if {@code hex} is not an even number of hexadecimal digits
     */
    public static Bytes fromHex(String hex) {
        return owned(HexFormat.of().parseHex(hex));
    }

    /** Number of bytes. */
    public int length() {
        return value.length;
    }

    /** The byte at {@code index}. */
    public byte get(int index) {
        return value[index];
    }

    /** A copy of the content. */
    public byte[] toArray() {
        return value.clone();
    }

    /** The content itself, for readers that promise not to write to it. */
    public byte[] unsafeArray() {
        return value;
    }

    /** Lower-case hexadecimal. */
    public String toHex() {
        return HexFormat.of().formatHex(value);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(value, other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return value.length <= 32 ? toHex() : HexFormat.of().formatHex(value, 0, 8) + "…(" + value.length + " bytes)";
    }
}
