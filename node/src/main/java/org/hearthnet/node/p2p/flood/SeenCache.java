package org.hearthnet.node.p2p.flood;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ids of messages seen lately; the oldest are forgotten by age and when there are too many. */
final class SeenCache {
    private final int maxEntries;
    private final long keepNanos;
    private final LinkedHashMap<MessageId, Long> seen = new LinkedHashMap<>();

    SeenCache(int maxEntries, long keepNanos) {
        this.maxEntries = maxEntries;
        this.keepNanos = keepNanos;
    }

    synchronized boolean contains(MessageId id, long nowNanos) {
        forget(nowNanos);
        return seen.containsKey(id);
    }

    /** Whether the id is new. */
    synchronized boolean add(MessageId id, long nowNanos) {
        forget(nowNanos);
        if (seen.putIfAbsent(id, nowNanos) != null) {
            return false;
        }
        if (seen.size() > maxEntries) {
            seen.pollFirstEntry();
        }
        return true;
    }

    synchronized int size() {
        return seen.size();
    }

    private void forget(long nowNanos) {
        Iterator<Map.Entry<MessageId, Long>> oldest = seen.entrySet().iterator();
        while (oldest.hasNext() && nowNanos - oldest.next().getValue() > keepNanos) {
            oldest.remove();
        }
    }
}
