package org.hearthnet.inference.opencl;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.hearthnet.inference.kernel.DeviceArray;
import org.jspecify.annotations.Nullable;

/** Floats on a device, with room for their quantised form once it was needed. */
final class OpenClArray implements DeviceArray {
    private final OpenClKernel kernel;
    private final DeviceBuffer buffer;
    private final int length;
    private @Nullable OpenClActivations quantized;
    private @Nullable QuantBuffers quants;

    OpenClArray(OpenClKernel kernel, int length) {
        this.kernel = kernel;
        this.length = length;
        this.buffer = kernel.queue().allocate((long) length * Float.BYTES);
        kernel.queue().clear(buffer);
    }

    /** The array of {@code kernel} that {@code array} is, if it has {@code needed} floats. */
    static OpenClArray of(OpenClKernel kernel, DeviceArray array, long needed) {
        OpenClArray mine = (OpenClArray) array;
        if (mine.kernel != kernel) {
            throw new IllegalArgumentException("the array belongs to another kernel");
        }
        // On the host this would be an exception; on the device it would be somebody else's memory.
        if (needed < 0 || needed > mine.length) {
            throw new IndexOutOfBoundsException(needed + " floats of an array of " + mine.length);
        }
        return mine;
    }

    DeviceBuffer buffer() {
        return buffer;
    }

    /** Whose quantised form {@link #quants} holds. */
    @Nullable
    OpenClActivations quantizedFor() {
        return quantized;
    }

    /** Room for the quantised form, which is {@code owner}'s from now on. */
    QuantBuffers quants(OpenClActivations owner) {
        QuantBuffers known = quants;
        if (known == null) {
            known = QuantBuffers.allocate(kernel.queue(), length);
            quants = known;
        }
        quantized = owner;
        return known;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public void write(int at, float[] from, int offset, int count) {
        Objects.checkFromIndexSize(at, count, length);
        MemorySegment source = MemorySegment.ofArray(from).asSlice(offset * 4L, count * 4L);
        kernel.queue().write(buffer, at * 4L, source);
    }

    @Override
    public void read(int at, float[] to, int offset, int count) {
        Objects.checkFromIndexSize(at, count, length);
        kernel.read(buffer, at * 4L, MemorySegment.ofArray(to).asSlice(offset * 4L, count * 4L));
    }

    @Override
    public void close() {
        kernel.queue().free(buffer);
        QuantBuffers known = quants;
        if (known != null) {
            known.free(kernel.queue());
        }
    }
}
