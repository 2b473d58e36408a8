package org.hearthnet.inference.kernel;

import org.hearthnet.genesis.arithmetic.Arithmetic;

/**
 * Cached keys and values of one layer of one sequence, fp16, in pages of one attention chunk each. Made by {@link
 * Kernel#newKvLayer} and written by {@link Kernel#store}; the layout inside a page is the kernel's own.
 */
public interface KvLayer {
    /** Positions of a page. */
    int PAGE = Arithmetic.CHUNK;

    /** Bytes of the keys and values of one page of one layer. */
    static long pageBytes(AttentionShape shape) {
        return 2L * PAGE * shape.kvWidth() * Short.BYTES;
    }

    /** Pages that hold {@code positions} positions. */
    static int pagesFor(int positions) {
        return (positions + PAGE - 1) / PAGE;
    }

    /** Pages that are allocated. */
    int pages();

    /**
     * Allocates pages until there are {@code count}; their content is undefined.
     *
     * @throws DeviceMemoryException if the device has no room; pages allocated by then stay
     */
    void growTo(int count);

    /** Frees the last pages until there are at most {@code count}. */
    void shrinkTo(int count);

    /**
     * Lets this layer, which has no pages, begin with the first {@code count} pages of {@code from}, a layer of the same kernel
     * and shape: both have them then, until each has shrunk or replaced them.
     */
    void share(KvLayer from, int count);

    /**
     * Replaces a page by a copy, which belongs to this layer alone.
     *
     * @throws DeviceMemoryException if the device has no room; nothing changes
     */
    void own(int page);

    /** The bits of the cached keys of a position, [kvHeads * headDim]; waits for what was stored. */
    short[] keys(int position);

    /** The bits of the cached values of a position, as {@link #keys}. */
    short[] values(int position);
}
