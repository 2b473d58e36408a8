package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Native memory with a header that devices see too. */
public final class IntArray extends TornadoNativeArray {
    private final int numberOfElements;
    private final MemorySegment segment;

    public IntArray(int numberOfElements) {
        this.numberOfElements = numberOfElements;
        this.segment = Arena.ofAuto().allocate(ARRAY_HEADER + (long) numberOfElements * Integer.BYTES, 1);
    }

    public void set(int index, int value) {
        segment.setAtIndex(ValueLayout.JAVA_INT, ARRAY_HEADER / Integer.BYTES + index, value);
    }

    public int get(int index) {
        return segment.getAtIndex(ValueLayout.JAVA_INT, ARRAY_HEADER / Integer.BYTES + index);
    }

    @Override
    public int getSize() {
        return numberOfElements;
    }

    @Override
    public MemorySegment getSegment() {
        return segment.asSlice(ARRAY_HEADER);
    }

    @Override
    public long getNumBytesOfSegment() {
        return segment.byteSize() - ARRAY_HEADER;
    }
}
