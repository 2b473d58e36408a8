package org.hearthnet.node.p2p.gossipsub;

import java.util.HashMap;
import java.util.Map;

/** The counters of one peer, and its score (gossipsub v1.1, The Score Function). */
final class PeerScore {
    /** What it did in one topic. */
    private static final class InTopic {
        boolean inMesh;
        long graftMs;
        long meshMs;
        double first;
        double deliveries;
        double failure;
        double invalid;

        double deficit(TopicScoreParams p) {
            boolean counts = inMesh && meshMs > p.deliveriesActivationMs();
            return counts ? Math.max(0, p.deliveriesThreshold() - deliveries) : 0;
        }

        double score(TopicScoreParams p) {
            double time = inMesh ? Math.min((double) meshMs / p.timeInMeshQuantumMs(), p.timeInMeshCap()) : 0;
            double deficit = deficit(p);
            double sum = p.timeInMeshWeight() * time
                    + p.firstWeight() * first
                    + p.deliveriesWeight() * deficit * deficit
                    + p.failureWeight() * failure
                    + p.invalidWeight() * invalid * invalid;
            return p.weight() * sum;
        }
    }

    private final ScoreParams params;
    private final Map<String, InTopic> topics = new HashMap<>();
    private String origin;
    private double opinion;
    private double misbehaviour;
    private long goneMs = -1;

    PeerScore(ScoreParams params, String origin) {
        this.params = params;
        this.origin = origin;
    }

    String origin() {
        return origin;
    }

    /** A new address washes nothing off. */
    void back(String from) {
        origin = from;
        goneMs = -1;
    }

    private InTopic in(String topic) {
        return topics.computeIfAbsent(topic, key -> new InTopic());
    }

    void graft(String topic, long nowMs) {
        InTopic t = in(topic);
        t.inMesh = true;
        t.graftMs = nowMs;
        t.meshMs = 0;
        t.deliveries = 0;
    }

    void prune(String topic) {
        InTopic t = in(topic);
        double deficit = t.deficit(params.topic());
        t.failure += deficit * deficit;
        t.inMesh = false;
    }

    /** @param fresh whether nobody had sent it before */
    void delivered(String topic, boolean fresh) {
        InTopic t = in(topic);
        if (fresh) {
            t.first = Math.min(t.first + 1, params.topic().firstCap());
        }
        if (t.inMesh) {
            t.deliveries = Math.min(t.deliveries + 1, params.topic().deliveriesCap());
        }
    }

    void invalid(String topic) {
        in(topic).invalid++;
    }

    void misbehaved(double times) {
        misbehaviour += times;
    }

    void opinion(double value) {
        opinion = value;
    }

    /** Keeps nothing but what speaks against it. */
    void gone(long nowMs) {
        goneMs = nowMs;
        topics.forEach((topic, t) -> {
            if (t.inMesh) {
                prune(topic);
            }
            t.first = 0;
        });
    }

    boolean isForgotten(long nowMs) {
        return goneMs >= 0 && nowMs - goneMs > params.retainMs();
    }

    void decay(long nowMs) {
        TopicScoreParams p = params.topic();
        for (InTopic t : topics.values()) {
            t.first = decayed(t.first, p.firstDecay());
            t.deliveries = decayed(t.deliveries, p.deliveriesDecay());
            t.failure = decayed(t.failure, p.failureDecay());
            t.invalid = decayed(t.invalid, p.invalidDecay());
            t.meshMs = t.inMesh ? nowMs - t.graftMs : 0;
        }
        misbehaviour = decayed(misbehaviour, params.behaviourDecay());
    }

    private double decayed(double value, double factor) {
        double next = value * factor;
        return next < params.decayToZero() ? 0 : next;
    }

    /** @param sharing connected peers of the same origin, this one included */
    double score(int sharing) {
        double sum = 0;
        for (InTopic t : topics.values()) {
            sum += t.score(params.topic());
        }
        double excess = Math.max(0, misbehaviour - params.behaviourThreshold());
        double surplus = Math.max(0, sharing - params.colocationThreshold());
        return Math.min(sum, params.topicCap())
                + params.appWeight() * opinion
                + params.colocationWeight() * surplus * surplus
                + params.behaviourWeight() * excess * excess;
    }
}
