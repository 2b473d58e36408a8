package org.hearthnet.node.p2p.gossipsub;

import java.util.random.RandomGenerator;
import org.hearthnet.node.p2p.PeerId;

/** What the parts of a {@link Router} share: its memories, and time and effects of the step that is under way. */
final class RouterState {
    final PeerId self;
    final MeshParams params;
    final ScoreParams scoring;
    final RouterLimits limits;
    final Scores scores;
    final Neighbourhood neighbours;
    final Backoffs backoffs;
    final Deliveries deliveries;
    final MessageCache cache;
    final Promises promises;
    final RouterCounters counters = new RouterCounters();
    private Outbox out = new Outbox();
    private long nowMs;
    private long beat;

    RouterState(PeerId self, MeshParams params, ScoreParams scoring, RouterLimits limits, RandomGenerator random) {
        this.self = self;
        this.params = params;
        this.scoring = scoring;
        this.limits = limits;
        this.scores = new Scores(scoring, limits.retained());
        this.neighbours = new Neighbourhood(random);
        this.backoffs = new Backoffs(limits.backoffs());
        this.deliveries = new Deliveries(limits.seen(), params.seenTtlMs());
        this.cache = new MessageCache(
                limits.cachedMessages(), limits.cachedBytes(), params.cacheWindows(), params.gossipWindows());
        this.promises = new Promises(limits.peers() * limits.ihaveMessages());
    }

    void begin(long now) {
        nowMs = now;
        out = new Outbox();
    }

    Outbox out() {
        return out;
    }

    long now() {
        return nowMs;
    }

    /** Heartbeats so far. */
    long beat() {
        return beat;
    }

    void nextBeat() {
        beat++;
    }

    double score(PeerId peer) {
        return scores.of(peer);
    }

    /** P7. */
    void blame(PeerId peer, double times) {
        counters.misbehaviour++;
        scores.with(peer, score -> score.misbehaved(times));
    }

    /** Says so at once, and not only when more comes of it. */
    void graylistIfDue(PeerId peer) {
        if (neighbours.find(peer) != null && score(peer) < scoring.graylist()) {
            out().add(new Effect.Graylisted(peer));
        }
    }
}
