package org.hearthnet.inference.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Numbers of 4, 5 and 6 bits as floats without a conversion: a number n of b bits, put in front of the fraction of the
 * float 1, makes it 1 + n / 2^b. The dot of such floats with small integers x is (2^b sum(x) + sum(n x)) / 2^b, exact in
 * any order as long as the numerator stays below 2^24; here it is at most 127 * 127 * 32. The wanted sum(n x) is 2^b
 * times that less 2^b sum(x), which is exact too.
 *
 * <p>Two things about the loops that use this. Methods are called only for what is done once a block, and first: the
 * compiler stops to inline ordinary methods when a method has grown long, and a vector that is handed to a method is
 * allocated on the heap. And masks are read from arrays, because constants would be loaded again at every use.
 */
final class LowBits {
    /** The float 1 in every lane. */
    static final int[] ONE = lanes(0x3F800000);

    /** 2^4, and where 4 bits go. */
    static final float FOUR = 16f;

    static final int[] FOUR_FIELD = lanes(15 << 19);

    /** 2^5, and where the low 4 of 5 bits and the fifth go. */
    static final float FIVE = 32f;

    static final int[] FIVE_FIELD = lanes(15 << 18);
    static final int[] FIFTH = lanes(1 << 22);

    /** 2^6, and where the low 4 of 6 bits and the upper 2 go. */
    static final float SIX = 64f;

    static final int[] SIX_FIELD = lanes(15 << 17);
    static final int[] UPPER = lanes(3 << 21);

    private LowBits() {}

    private static int[] lanes(int value) {
        int[] out = new int[Lanes.WIDTH];
        Arrays.fill(out, value);
        return out;
    }

    /** The bytes of a part, one of each row, as floats. */
    static FloatVector bytes(MemorySegment w, long part, int lane) {
        return TileReader.real(TileReader.bytes(w, part, lane));
    }
}
