package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Native memory with a header that devices see too. */
public final class FloatArray extends TornadoNativeArray {
    private final int numberOfElements;
    private final MemorySegment segment;

    public FloatArray(int numberOfElements) {
        this.numberOfElements = numberOfElements;
        this.segment = Arena.ofAuto().allocate(ARRAY_HEADER + (long) numberOfElements * Float.BYTES, 1);
    }

    public void set(int index, float value) {
        segment.setAtIndex(ValueLayout.JAVA_FLOAT, ARRAY_HEADER / Float.BYTES + index, value);
    }

    public float get(int index) {
        return segment.getAtIndex(ValueLayout.JAVA_FLOAT, ARRAY_HEADER / Float.BYTES + index);
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
