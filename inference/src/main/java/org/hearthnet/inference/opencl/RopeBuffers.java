package org.hearthnet.inference.opencl;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.WeakHashMap;
import org.hearthnet.inference.kernel.RopeTable;
import org.jspecify.annotations.Nullable;

/** Cosines and sines on the device, sent again when a longer prefix is needed. */
final class RopeBuffers {
    private final CommandQueue queue;
    private final Map<RopeTable, Tables> tables = new WeakHashMap<>();

    /** [positions][dimensions / 2] each. */
    record Tables(int positions, DeviceBuffer cosines, DeviceBuffer sines) {}

    RopeBuffers(CommandQueue queue) {
        this.queue = queue;
    }

    /** The angles of positions up to {@code highest}. */
    Tables of(RopeTable table, int highest) {
        @Nullable Tables known = tables.get(table);
        if (known != null && highest < known.positions()) {
            return known;
        }
        if (known != null) {
            queue.free(known.cosines());
            queue.free(known.sines());
        }
        RopeTable.Prefix prefix = table.upTo(highest);
        Tables fresh = new Tables(prefix.positions(), send(prefix.cosines()), send(prefix.sines()));
        tables.put(table, fresh);
        return fresh;
    }

    private DeviceBuffer send(float[] values) {
        DeviceBuffer buffer = queue.allocate(4L * values.length);
        queue.write(buffer, 0, MemorySegment.ofArray(values));
        return buffer;
    }
}
