package org.hearthnet.node.p2p.gossipsub;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hearthnet.node.p2p.PeerId;

/**
 * Messages that peers have announced and were asked for (gossipsub v1.1, Spam Protection Measures): one of each IWANT is
 * followed up. Bounded: an IWANT is the answer to an IHAVE, and those are limited for each peer.
 */
final class Promises {
    private final Map<MessageId, Map<PeerId, Long>> dueMs = new LinkedHashMap<>();
    private final int max;
    private int size;

    Promises(int max) {
        this.max = max;
    }

    void add(MessageId id, PeerId peer, long due) {
        if (size < max
                && dueMs.computeIfAbsent(id, key -> new LinkedHashMap<>()).putIfAbsent(peer, due) == null) {
            size++;
        }
    }

    /** The message has come, from whomever. */
    void fulfil(MessageId id) {
        Map<PeerId, Long> gone = dueMs.remove(id);
        size -= gone == null ? 0 : gone.size();
    }

    /** The peer is gone, and with it what it promised. */
    void forget(PeerId peer) {
        remove((who, due) -> who.equals(peer));
    }

    /** How many promises each peer has broken since the last call. */
    Map<PeerId, Integer> broken(long nowMs) {
        Map<PeerId, Integer> out = new LinkedHashMap<>();
        remove((who, due) -> {
            boolean late = due <= nowMs;
            if (late) {
                out.merge(who, 1, Integer::sum);
            }
            return late;
        });
        return out;
    }

    private void remove(java.util.function.BiPredicate<PeerId, Long> which) {
        Iterator<Map<PeerId, Long>> all = dueMs.values().iterator();
        while (all.hasNext()) {
            Map<PeerId, Long> one = all.next();
            int before = one.size();
            one.entrySet().removeIf(e -> which.test(e.getKey(), e.getValue()));
            size -= before - one.size();
            if (one.isEmpty()) {
                all.remove();
            }
        }
    }

    int size() {
        return size;
    }
}
