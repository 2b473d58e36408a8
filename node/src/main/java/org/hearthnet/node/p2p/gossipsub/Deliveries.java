package org.hearthnet.node.p2p.gossipsub;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.hearthnet.node.p2p.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * The seen cache (gossipsub v1.0, Message Cache) with what became of each message, which scores are made of. The oldest are
 * forgotten by age and when there are too many.
 */
final class Deliveries {
    /** Where a message stands. */
    enum Status {
        VALIDATING,
        ACCEPTED,
        REJECTED,
        IGNORED
    }

    /** One message; mutable. */
    static final class Delivery {
        private final long firstMs;
        private Status status;
        private final Set<PeerId> senders = new LinkedHashSet<>();

        private Delivery(long firstMs, Status status) {
            this.firstMs = firstMs;
            this.status = status;
        }

        Status status() {
            return status;
        }

        long firstMs() {
            return firstMs;
        }

        /** Those that sent it until it was judged, in order. */
        Set<PeerId> senders() {
            return senders;
        }
    }

    private final int max;
    private final long keepMs;
    private final LinkedHashMap<MessageId, Delivery> seen = new LinkedHashMap<>();

    Deliveries(int max, long keepMs) {
        this.max = max;
        this.keepMs = keepMs;
    }

    @Nullable
    Delivery find(MessageId id) {
        return seen.get(id);
    }

    boolean contains(MessageId id) {
        return seen.containsKey(id);
    }

    /** Remembers a message that is new. */
    Delivery add(MessageId id, Status status, long nowMs) {
        Delivery fresh = new Delivery(nowMs, status);
        seen.put(id, fresh);
        if (seen.size() > max) {
            seen.pollFirstEntry();
        }
        return fresh;
    }

    /** Notes the judgement; returns those that sent it meanwhile. */
    Set<PeerId> judge(Delivery delivery, Status status) {
        Set<PeerId> senders = new LinkedHashSet<>(delivery.senders);
        delivery.status = status;
        delivery.senders.clear();
        return senders;
    }

    void forget(MessageId id) {
        seen.remove(id);
    }

    void expire(long nowMs) {
        Iterator<Map.Entry<MessageId, Delivery>> oldest = seen.entrySet().iterator();
        while (oldest.hasNext() && nowMs - oldest.next().getValue().firstMs > keepMs) {
            oldest.remove();
        }
    }

    int size() {
        return seen.size();
    }
}
