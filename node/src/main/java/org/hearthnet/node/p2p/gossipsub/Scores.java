package org.hearthnet.node.p2p.gossipsub;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.hearthnet.node.p2p.PeerId;

/**
 * The scores of connected peers, and for a while of those that left with a bad one: staying away does not make it better, and
 * good ones are not kept, as a name costs nothing.
 */
final class Scores {
    private final ScoreParams params;
    private final int retained;
    private final LinkedHashMap<PeerId, PeerScore> peers = new LinkedHashMap<>();
    private final LinkedHashMap<PeerId, PeerScore> gone = new LinkedHashMap<>();
    private final Map<String, Integer> origins = new HashMap<>();
    private long decayedMs;

    Scores(ScoreParams params, int retained) {
        this.params = params;
        this.retained = retained;
    }

    void up(PeerId peer, String origin) {
        PeerScore old = gone.remove(peer);
        PeerScore score = old == null ? new PeerScore(params, origin) : old;
        score.back(origin);
        peers.put(peer, score);
        if (!origin.isEmpty()) {
            origins.merge(origin, 1, Integer::sum);
        }
    }

    void down(PeerId peer, long nowMs) {
        PeerScore score = peers.get(peer);
        if (score == null) {
            return;
        }
        boolean bad = of(peer) < 0;
        peers.remove(peer);
        origins.computeIfPresent(score.origin(), (key, count) -> count == 1 ? null : count - 1);
        score.gone(nowMs);
        if (bad) {
            gone.put(peer, score);
            if (gone.size() > retained) {
                gone.pollFirstEntry();
            }
        }
    }

    /** The score; 0 of peers that are not connected. */
    double of(PeerId peer) {
        PeerScore score = peers.get(peer);
        return score == null ? 0 : score.score(origins.getOrDefault(score.origin(), 0));
    }

    void with(PeerId peer, Consumer<PeerScore> change) {
        PeerScore score = peers.get(peer);
        if (score != null) {
            change.accept(score);
        }
    }

    void heartbeat(long nowMs) {
        if (nowMs - decayedMs >= params.decayIntervalMs()) {
            decayedMs = nowMs;
            peers.values().forEach(score -> score.decay(nowMs));
        }
        gone.values().removeIf(score -> score.isForgotten(nowMs));
    }

    int retainedNow() {
        return gone.size();
    }
}
