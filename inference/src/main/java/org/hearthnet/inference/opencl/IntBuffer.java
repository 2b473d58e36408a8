package org.hearthnet.inference.opencl;

import java.lang.foreign.MemorySegment;

/** Integers that are sent to the device again and again; grows with them. */
final class IntBuffer {
    private final CommandQueue queue;
    private DeviceBuffer buffer;

    IntBuffer(CommandQueue queue) {
        this.queue = queue;
        this.buffer = queue.allocate(1024);
    }

    /** Sends them; commands that were queued before see what was sent before. */
    void send(int[] values) {
        if (4L * values.length > buffer.bytes()) {
            queue.free(buffer);
            buffer = queue.allocate(8L * values.length);
        }
        queue.write(buffer, 0, MemorySegment.ofArray(values));
    }

    DeviceBuffer buffer() {
        return buffer;
    }
}
