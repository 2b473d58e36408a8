package org.hearthnet.inference.tornado;

/**
 * Signed bytes and nibbles in 32-bit words as {@link MatrixKernels} takes them apart. All fields but the topmost are stored
 * with an offset and taken with a mask, the topmost as it is and taken with an arithmetic shift. So no shift depends on
 * whether the device shifts zeros or signs in: TornadoVM emits the same operator for both, and rewrites two shifts that extend
 * a sign to casts.
 */
final class ByteWords {
    private ByteWords() {}

    /** Four values of -128..127, the first in the lowest bits. */
    static int bytes(int first, int second, int third, int fourth) {
        return (first + 128) | (second + 128) << 8 | (third + 128) << 16 | fourth << 24;
    }

    /** Eight values of 0..15: four for the lower nibbles of the bytes, four for the upper. */
    static int nibbles(int[] values, int low, int high) {
        int word = 0;
        for (int i = 0; i < 4; i++) {
            int upper = i < 3 ? values[high + i] : values[high + i] - 8;
            word |= values[low + i] << (8 * i) | (upper & 15) << (8 * i + 4);
        }
        return word;
    }
}
