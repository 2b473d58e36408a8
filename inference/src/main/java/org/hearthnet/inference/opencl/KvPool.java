package org.hearthnet.inference.opencl;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.inference.kernel.AttentionShape;
import org.hearthnet.inference.kernel.DeviceMemoryException;
import org.hearthnet.inference.kernel.KvLayer;

/**
 * Pages of caches of one shape. A kernel of OpenCL 1.2 cannot follow addresses, so pages lie in a few buffers (slabs),
 * each twice as large as the one before, and are named by entries {@code slab << 24 | page}. Thread-safe.
 */
final class KvPool {
    /** Buffers that the kernels in {@code attention.cl} take. */
    static final int SLABS = 8;

    private static final int FIRST_PAGES = 64;
    private static final int PAGE_BITS = 24;

    private final CommandQueue queue;
    private final int kvWidth;
    private final int valueWidth;
    private final List<DeviceBuffer> slabs = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    /** Users of entries beyond the first, for those that have any. */
    private final Map<Integer, Integer> others = new HashMap<>();

    KvPool(CommandQueue queue, AttentionShape shape) {
        this.queue = queue;
        this.kvWidth = shape.kvWidth();
        this.valueWidth = shape.kvHeads() * stride(shape.headDim());
    }

    /** Elements from one position's value of a head to the next. */
    static int stride(int headDim) {
        return (headDim + 15) / 16 * 16;
    }

    /** Halves of a page: keys, then values. */
    int pageHalves() {
        return KvLayer.PAGE * (kvWidth + valueWidth);
    }

    /** Where the values of a page start. */
    int valuesAt() {
        return KvLayer.PAGE * kvWidth;
    }

    private long pageBytes() {
        return 2L * pageHalves();
    }

    /**
     * An entry for a page with undefined content.
     *
     * @throws DeviceMemoryException if the device has no room
     */
    synchronized int take() {
        if (free.isEmpty()) {
            addSlab();
        }
        return free.removeFirst();
    }

    /** One more user of an entry. */
    synchronized void share(int entry) {
        others.merge(entry, 1, Integer::sum);
    }

    /** One user less; without any the page is free. */
    synchronized void giveBack(int entry) {
        int more = others.getOrDefault(entry, 0);
        switch (more) {
            case 0 -> free.addFirst(entry);
            case 1 -> others.remove(entry);
            default -> others.put(entry, more - 1);
        }
    }

    /**
     * A new entry with the content of another. By way of the host, which it rarely takes.
     *
     * @throws DeviceMemoryException if the device has no room
     */
    synchronized int copy(int entry) {
        int copy = take();
        byte[] page = new byte[Math.toIntExact(pageBytes())];
        queue.read(slab(entry), offset(entry), MemorySegment.ofArray(page));
        queue.write(slab(copy), offset(copy), MemorySegment.ofArray(page));
        return copy;
    }

    private void addSlab() {
        if (slabs.size() == SLABS) {
            throw new DeviceMemoryException(
                    "a device holds at most " + FIRST_PAGES * ((1 << SLABS) - 1) + " pages of caches of this shape");
        }
        int slab = slabs.size();
        int pages = FIRST_PAGES << slab;
        slabs.add(queue.allocate(pages * pageBytes()));
        for (int i = 0; i < pages; i++) {
            free.addLast(slab << PAGE_BITS | i);
        }
    }

    /** The slab of an entry. */
    synchronized DeviceBuffer slab(int entry) {
        return slabs.get(entry >> PAGE_BITS);
    }

    /** Byte offset of an entry's page in its slab. */
    long offset(int entry) {
        return (entry & (1 << PAGE_BITS) - 1) * pageBytes();
    }

    /** All slabs as arguments: those that are not there yet stand for the first, which there must be. */
    synchronized DeviceBuffer[] arguments() {
        DeviceBuffer[] out = new DeviceBuffer[SLABS];
        for (int i = 0; i < SLABS; i++) {
            out[i] = slabs.get(i < slabs.size() ? i : 0);
        }
        return out;
    }
}
