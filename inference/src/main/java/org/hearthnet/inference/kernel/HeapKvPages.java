package org.hearthnet.inference.kernel;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pages of heap caches of one shape that nobody uses any more, for those who need one next. Left to the garbage collector they
 * would fill the old generation, which grows as far as it may before anything is collected there. The collector may take
 * them when memory is short. Thread-safe.
 */
final class HeapKvPages {
    /** One page; its users are the layers that have it. */
    static final class Page {
        private final short[] keys;
        private final short[] values;
        private final AtomicInteger users = new AtomicInteger(1);

        private Page(int elements) {
            keys = new short[elements];
            values = new short[elements];
        }

        /** Cached keys, see {@link HeapKvLayer}. */
        short[] keys() {
            return keys;
        }

        /** Cached values. */
        short[] values() {
            return values;
        }

        /** One more user. */
        Page share() {
            users.incrementAndGet();
            return this;
        }
    }

    private final int elements;
    private final Deque<SoftReference<Page>> free = new ArrayDeque<>();

    /** Pages for heads of {@code shape}. */
    HeapKvPages(AttentionShape shape) {
        elements = KvLayer.PAGE * shape.kvWidth();
    }

    /** A page with undefined content. */
    Page take() {
        Page page = poll();
        return page == null ? new Page(elements) : page.share();
    }

    private synchronized @org.jspecify.annotations.Nullable Page poll() {
        while (!free.isEmpty()) {
            Page page = free.removeFirst().get();
            if (page != null) {
                return page;
            }
        }
        return null;
    }

    /** A page with the content of another. */
    Page copy(Page from) {
        Page page = take();
        System.arraycopy(from.keys, 0, page.keys, 0, elements);
        System.arraycopy(from.values, 0, page.values, 0, elements);
        return page;
    }

    /** One user less; without any the page is free. */
    void giveBack(Page page) {
        if (page.users.decrementAndGet() == 0) {
            synchronized (this) {
                free.addFirst(new SoftReference<>(page));
            }
        }
    }
}
