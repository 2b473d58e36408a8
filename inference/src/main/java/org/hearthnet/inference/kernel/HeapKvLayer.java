package org.hearthnet.inference.kernel;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.arithmetic.Half;
import org.hearthnet.inference.kernel.HeapKvPages.Page;

/**
 * The cache of the kernels that run on the CPU. Keys lie in tiles of 16 positions, [kvHead][position / 16][headDim]
 * [position mod 16], so that scores vectorise over positions; values lie as [kvHead][position][headDim], so that the mix
 * vectorises over dimensions.
 */
final class HeapKvLayer implements KvLayer {
    /** Positions of a tile of keys. */
    static final int TILE = 16;

    private final int kvHeads;
    private final int headDim;
    private final HeapKvPages pool;
    private final List<Page> pages = new ArrayList<>();

    /** An empty layer whose pages come from {@code pool}. */
    HeapKvLayer(AttentionShape shape, HeapKvPages pool) {
        this.pool = pool;
        this.kvHeads = shape.kvHeads();
        this.headDim = shape.headDim();
    }

    /** {@link Kernel#store} of all rows on one thread. */
    static void storeAll(KvLayer[] caches, Positions positions, DeviceArray keys, DeviceArray values) {
        for (int r = 0; r < positions.count(); r++) {
            storeRow(caches, positions, r, keys, values);
        }
    }

    /** {@link Kernel#store} of row {@code r}. */
    static void storeRow(KvLayer[] caches, Positions positions, int r, DeviceArray keys, DeviceArray values) {
        HeapKvLayer cache = (HeapKvLayer) caches[r];
        int offset = r * cache.kvHeads * cache.headDim;
        cache.store(positions.at(r), HeapArray.values(keys), HeapArray.values(values), offset);
    }

    @Override
    public int pages() {
        return pages.size();
    }

    @Override
    public void growTo(int count) {
        while (pages.size() < count) {
            pages.add(pool.take());
        }
    }

    @Override
    public void shrinkTo(int count) {
        while (pages.size() > count) {
            pool.giveBack(pages.removeLast());
        }
    }

    @Override
    public void share(KvLayer from, int count) {
        if (!pages.isEmpty()) {
            throw new IllegalStateException("the layer has pages");
        }
        ((HeapKvLayer) from).pages.subList(0, count).forEach(page -> pages.add(page.share()));
    }

    @Override
    public void own(int page) {
        Page shared = pages.get(page);
        pages.set(page, pool.copy(shared));
        pool.giveBack(shared);
    }

    /** Rounds and stores keys and values of one position, [kvHeads * headDim] each from {@code offset}. */
    private void store(int position, float[] keys, float[] values, int offset) {
        Page page = pages.get(position / PAGE);
        for (int head = 0; head < kvHeads; head++) {
            int valueAt = valueIndex(head, position);
            for (int d = 0; d < headDim; d++) {
                int i = offset + head * headDim + d;
                page.keys()[keyIndex(head, position, d)] = Half.round(keys[i], "cached key");
                page.values()[valueAt + d] = Half.round(values[i], "cached value");
            }
        }
    }

    @Override
    public short[] keys(int position) {
        short[] out = new short[kvHeads * headDim];
        for (int i = 0; i < out.length; i++) {
            out[i] = keyPage(position / PAGE)[keyIndex(i / headDim, position, i % headDim)];
        }
        return out;
    }

    @Override
    public short[] values(int position) {
        short[] out = new short[kvHeads * headDim];
        for (int head = 0; head < kvHeads; head++) {
            System.arraycopy(valuePage(position / PAGE), valueIndex(head, position), out, head * headDim, headDim);
        }
        return out;
    }

    short[] keyPage(int page) {
        return pages.get(page).keys();
    }

    short[] valuePage(int page) {
        return pages.get(page).values();
    }

    /** Index of an element of a key inside its page. */
    int keyIndex(int head, int position, int d) {
        int inPage = position % PAGE;
        return ((head * (PAGE / TILE) + inPage / TILE) * headDim + d) * TILE + inPage % TILE;
    }

    /** Index of the first element of a value inside its page. */
    int valueIndex(int head, int position) {
        return (head * PAGE + position % PAGE) * headDim;
    }
}
