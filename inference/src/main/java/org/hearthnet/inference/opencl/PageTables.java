package org.hearthnet.inference.opencl;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import org.hearthnet.inference.kernel.KvLayer;
import org.hearthnet.inference.kernel.Positions;
import org.jspecify.annotations.Nullable;

/**
 * What the kernels in {@code attention.cl} need to know about the rows of a batch, on the device: which cache a row has,
 * [rows], and the page entries of each cache, [caches][width]. Sent again only when it changes.
 */
final class PageTables {
    private final OpenClKernel kernel;
    private int[] sent = {};
    private @Nullable DeviceBuffer cacheOfRow;
    private @Nullable DeviceBuffer tables;

    PageTables(OpenClKernel kernel) {
        this.kernel = kernel;
    }

    /** Tables on the device. */
    record Sent(DeviceBuffer cacheOfRow, DeviceBuffer tables, int width, KvPool pool) {}

    /** Sends the tables of {@code caches}, of which each has the pages up to its row's position. */
    Sent send(KvLayer[] caches, Positions positions) {
        int rows = positions.count();
        int width = positions.highest() / KvLayer.PAGE + 1;
        int[] cacheOf = new int[rows];
        Map<OpenClKvLayer, Integer> numbers = new IdentityHashMap<>();
        for (int r = 0; r < rows; r++) {
            OpenClKvLayer cache = OpenClKvLayer.of(kernel, caches[r]);
            if (positions.at(r) / KvLayer.PAGE >= cache.pages()) {
                throw new IndexOutOfBoundsException(
                        "position " + positions.at(r) + " of a cache with " + cache.pages() + " pages");
            }
            cacheOf[r] = numbers.computeIfAbsent(cache, c -> numbers.size());
        }
        int[] entries = new int[numbers.size() * width];
        numbers.forEach((cache, number) -> {
            for (int page = 0; page < Math.min(width, cache.pages()); page++) {
                entries[number * width + page] = cache.entry(page);
            }
        });
        DeviceBuffer rowsTo = cacheOfRow = atLeast(cacheOfRow, cacheOf.length);
        DeviceBuffer tablesTo = tables = atLeast(tables, entries.length);
        int[] all = Arrays.copyOf(cacheOf, rows + entries.length);
        System.arraycopy(entries, 0, all, rows, entries.length);
        if (!Arrays.equals(all, sent)) {
            kernel.queue().write(rowsTo, 0, MemorySegment.ofArray(cacheOf));
            kernel.queue().write(tablesTo, 0, MemorySegment.ofArray(entries));
            sent = all;
        }
        return new Sent(
                rowsTo, tablesTo, width, OpenClKvLayer.of(kernel, caches[0]).pool());
    }

    private DeviceBuffer atLeast(@Nullable DeviceBuffer buffer, int ints) {
        if (buffer != null && buffer.bytes() >= 4L * ints) {
            return buffer;
        }
        if (buffer != null) {
            kernel.queue().free(buffer);
        }
        sent = new int[0];
        return kernel.queue().allocate(8L * ints);
    }
}
