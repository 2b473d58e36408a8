package org.hearthnet.inference.opencl;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.hearthnet.inference.kernel.AttentionShape;
import org.hearthnet.inference.kernel.KvLayer;

/** A cache on a device: the entries of its pages in a {@link KvPool}, see {@code attention.cl} for their layout. */
final class OpenClKvLayer implements KvLayer {
    private final OpenClKernel kernel;
    private final AttentionShape shape;
    private final KvPool pool;
    private int[] entries = {};

    OpenClKvLayer(OpenClKernel kernel, AttentionShape shape, KvPool pool) {
        this.kernel = kernel;
        this.shape = shape;
        this.pool = pool;
    }

    /** The caches as this kernel's own. */
    static OpenClKvLayer of(OpenClKernel kernel, KvLayer layer) {
        OpenClKvLayer mine = (OpenClKvLayer) layer;
        if (mine.kernel != kernel) {
            throw new IllegalArgumentException("the cache belongs to another kernel");
        }
        return mine;
    }

    KvPool pool() {
        return pool;
    }

    AttentionShape shape() {
        return shape;
    }

    /** Entries of the pages, in order. */
    int entry(int page) {
        return entries[page];
    }

    @Override
    public int pages() {
        return entries.length;
    }

    @Override
    public void growTo(int count) {
        int had = entries.length;
        for (int i = had; i < count; i++) {
            int entry = pool.take();
            entries = Arrays.copyOf(entries, i + 1);
            entries[i] = entry;
        }
    }

    @Override
    public void shrinkTo(int count) {
        for (int i = entries.length - 1; i >= count; i--) {
            pool.giveBack(entries[i]);
            entries = Arrays.copyOf(entries, i);
        }
    }

    @Override
    public void share(KvLayer from, int count) {
        if (entries.length > 0) {
            throw new IllegalStateException("the layer has pages");
        }
        OpenClKvLayer other = of(kernel, from);
        entries = Arrays.copyOf(other.entries, count);
        for (int entry : entries) {
            pool.share(entry);
        }
    }

    @Override
    public void own(int page) {
        int copy = pool.copy(entries[page]);
        pool.giveBack(entries[page]);
        entries[page] = copy;
    }

    @Override
    public short[] keys(int position) {
        int entry = entries[position / PAGE];
        short[] out = new short[shape.kvWidth()];
        long at = pool.offset(entry) + 2L * (position % PAGE);
        kernel.queue().readRows(pool.slab(entry), at, 2, out.length, 2L * PAGE, MemorySegment.ofArray(out));
        return out;
    }

    @Override
    public short[] values(int position) {
        int entry = entries[position / PAGE];
        short[] out = new short[shape.kvWidth()];
        int stride = KvPool.stride(shape.headDim());
        long at = pool.offset(entry) + 2L * (pool.valuesAt() + position % PAGE * stride);
        kernel.queue()
                .readRows(
                        pool.slab(entry),
                        at,
                        2L * shape.headDim(),
                        shape.kvHeads(),
                        2L * PAGE * stride,
                        MemorySegment.ofArray(out));
        return out;
    }
}
