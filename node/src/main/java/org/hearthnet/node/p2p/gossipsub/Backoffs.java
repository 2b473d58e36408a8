package org.hearthnet.node.p2p.gossipsub;

import java.util.LinkedHashMap;
import org.hearthnet.node.p2p.PeerId;

/** Until when peers may not be grafted in a topic (gossipsub v1.1, PRUNE Backoff). Bounded; the oldest are forgotten. */
final class Backoffs {
    /** The longest that is honoured. */
    static final long LONGEST_MS = 3_600_000;

    private record Pair(String topic, PeerId peer) {}

    /**
     * A wait.
     *
     * @param theirs whether the peer asked for it
     * @param told whether the peer's present connection has seen it: a process that has just started knows of none
     */
    private record Span(long sinceMs, long untilMs, boolean theirs, boolean told) {}

    private final int max;
    private final LinkedHashMap<Pair, Span> spans = new LinkedHashMap<>();

    Backoffs(int max) {
        this.max = max;
    }

    /** This side has sent a PRUNE. Never shortens a wait. */
    void sent(String topic, PeerId peer, long forMs, long nowMs) {
        add(topic, peer, forMs, nowMs, false);
    }

    /** The peer has sent a PRUNE. Never shortens a wait. */
    void received(String topic, PeerId peer, long forMs, long nowMs) {
        add(topic, peer, forMs, nowMs, true);
    }

    private void add(String topic, PeerId peer, long forMs, long nowMs, boolean theirs) {
        Pair pair = new Pair(topic, peer);
        Span old = spans.remove(pair);
        long until = nowMs + Math.min(forMs, LONGEST_MS);
        long longest = old == null ? until : Math.max(until, old.untilMs);
        spans.put(pair, new Span(nowMs, longest, theirs && (old == null || old.theirs), true));
        if (spans.size() > max) {
            spans.pollFirstEntry();
        }
    }

    boolean isActive(String topic, PeerId peer, long nowMs) {
        Span span = spans.get(new Pair(topic, peer));
        return span != null && nowMs < span.untilMs;
    }

    /**
     * A peer is gone. What it asked for itself is forgotten, as it may come back as a process that wants in again; what this side
     * asked for stays, but is no news that it could have heeded.
     */
    void gone(PeerId peer) {
        spans.entrySet().removeIf(e -> e.getKey().peer.equals(peer) && e.getValue().theirs);
        spans.replaceAll((pair, span) ->
                pair.peer.equals(peer) ? new Span(span.sinceMs, span.untilMs, span.theirs, false) : span);
    }

    /** Whether the peer can know that it has to wait. */
    boolean isTold(String topic, PeerId peer) {
        Span span = spans.get(new Pair(topic, peer));
        return span != null && span.told;
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
