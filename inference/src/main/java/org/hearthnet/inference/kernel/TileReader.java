package org.hearthnet.inference.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/** Reads parts of a tile as vectors of {@link Lanes#WIDTH} rows from row {@code lane} on. */
final class TileReader {
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;

    private TileReader() {}

    /** Signed bytes; {@code at} is where the part starts. */
    static IntVector bytes(MemorySegment w, long at, int lane) {
        return (IntVector)
                ByteVector.fromMemorySegment(Lanes.B, w, at + lane, LE).convertShape(VectorOperators.B2I, Lanes.I, 0);
    }

    /** 32-bit words. */
    static IntVector words(MemorySegment w, long at, int lane) {
        return IntVector.fromMemorySegment(Lanes.I, w, at + 4L * lane, LE);
    }

    /** Finite fp16 values. */
    static FloatVector halves(MemorySegment w, long at, int lane) {
        return Lanes.widen(ShortVector.fromMemorySegment(Lanes.S, w, at + 2L * lane, LE));
    }

    /** bfloat16 values. */
    static FloatVector upperHalves(MemorySegment w, long at, int lane) {
        IntVector bits = (IntVector) ShortVector.fromMemorySegment(Lanes.S, w, at + 2L * lane, LE)
                .convertShape(VectorOperators.S2I, Lanes.I, 0);
        return bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
    }

    /** fp32 values. */
    static FloatVector floats(MemorySegment w, long at, int lane) {
        return FloatVector.fromMemorySegment(Lanes.F, w, at + 4L * lane, LE);
    }

    /** Small integers as floats. */
    static FloatVector real(IntVector v) {
        return (FloatVector) v.convertShape(VectorOperators.I2F, Lanes.F, 0);
    }
}
