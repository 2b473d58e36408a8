package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;

/** An array of the runtime. */
public abstract sealed class TornadoNativeArray permits IntArray, FloatArray {
    public static final long ARRAY_HEADER = 16;

    public abstract int getSize();

    public abstract MemorySegment getSegment();

    public abstract long getNumBytesOfSegment();
}
