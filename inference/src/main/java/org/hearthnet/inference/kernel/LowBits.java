package org.hearthnet.inference.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Numbers of 4, 5 and 6 bits as floats without a conversion: a number n of b bits, put in front of the fraction of the
 * float 1, makes it 1 + n / 2^b. The dot of such floats with small integers x is (2^b sum(x) + sum(n x)) / 2^b, exact in
 * any order as long as the numerator stays below 2^24; here it is at most 127 * 127 * 32. The wanted sum(n x) is 2^b
 * times that less 2^b sum(x), which is exact too.
 *
 * <p>Only constants and what is done once a block are here. The compiler stops to inline ordinary methods once a loop
 * has grown long, and vectors that are handed to a method would then be allocated on the heap.
 */
final class LowBits {
    /** The float 1. */
    static final int ONE = 0x3F800000;

    /** 2^4, and where 4 bits go. */
    static final float FOUR = 16f;

    static final int FOUR_FIELD = 15 << 19;

    /** 2^5, and where the low 4 of 5 bits and the fifth go. */
    static final float FIVE = 32f;

    static final int FIVE_FIELD = 15 << 18;
    static final int FIFTH = 1 << 22;

    /** 2^6, and where the low 4 of 6 bits and the upper 2 go. */
    static final float SIX = 64f;

    static final int SIX_FIELD = 15 << 17;
    static final int UPPER = 3 << 21;

    private LowBits() {}

    /** d times the scales of a block of a K format, exact. */
    static FloatVector scale(MemorySegment w, long header, long parts, int lane) {
        return TileReader.halves(w, header, lane).mul(TileReader.real(TileReader.bytes(w, parts, lane)));
    }

    /** dmin times the minimums of a block, exact. */
    static FloatVector minimum(MemorySegment w, long header, long parts, int lane) {
        return TileReader.halves(w, header + TileLayout.DMIN, lane)
                .mul(TileReader.real(TileReader.bytes(w, parts + TileLayout.ROWS, lane)));
    }
}
