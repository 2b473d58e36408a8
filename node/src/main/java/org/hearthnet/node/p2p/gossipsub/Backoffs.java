package org.hearthnet.node.p2p.gossipsub;

import java.util.LinkedHashMap;
import org.hearthnet.node.p2p.PeerId;

/** Until when peers may not be grafted in a topic (gossipsub v1.1, PRUNE Backoff). Bounded; the oldest are forgotten. */
final class Backoffs {
    /** The longest that is honoured. */
    static final long LONGEST_MS = 3_600_000;

    private record Pair(String topic, PeerId peer) {}

    private record Span(long sinceMs, long untilMs) {}

    private final int max;
    private final LinkedHashMap<Pair, Span> spans = new LinkedHashMap<>();

    Backoffs(int max) {
        this.max = max;
    }

    /** Never shortens one. */
    void add(String topic, PeerId peer, long forMs, long nowMs) {
        Pair pair = new Pair(topic, peer);
        Span old = spans.remove(pair);
        long until = nowMs + Math.min(forMs, LONGEST_MS);
        spans.put(pair, new Span(nowMs, old == null ? until : Math.max(until, old.untilMs)));
        if (spans.size() > max) {
            spans.pollFirstEntry();
        }
    }

    boolean isActive(String topic, PeerId peer, long nowMs) {
        Span span = spans.get(new Pair(topic, peer));
        return span != null && nowMs < span.untilMs;
    }

    /** Whether the last PRUNE was less than {@code windowMs} ago. */
    boolean isFresh(String topic, PeerId peer, long windowMs, long nowMs) {
        Span span = spans.get(new Pair(topic, peer));
        return span != null && nowMs - span.sinceMs < windowMs;
    }

    /** @param slackMs how long to wait beyond the agreed time, as the other side's clock of heartbeats is another */
    void expire(long nowMs, long slackMs) {
        spans.values().removeIf(span -> nowMs >= span.untilMs + slackMs);
    }

    /** Whether this side must still wait, slack included: as long as the entry is there. */
    boolean isKept(String topic, PeerId peer) {
        return spans.containsKey(new Pair(topic, peer));
    }

    int size() {
        return spans.size();
    }
}
