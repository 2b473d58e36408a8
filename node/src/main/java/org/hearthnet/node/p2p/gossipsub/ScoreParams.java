package org.hearthnet.node.p2p.gossipsub;

/**
 * Weights and thresholds of scores (gossipsub v1.1, Score Thresholds and The Score Function).
 *
 * @param topic weights of what is done in a topic, the same for each topic that this side has joined
 * @param topicCap most that all topics together count for a peer
 * @param appWeight P5, the application's opinion
 * @param colocationWeight P6, peers beyond the threshold on one address, squared; negative or 0
 * @param colocationThreshold peers on one address that are nothing special
 * @param behaviourWeight P7, misbehaviour beyond the threshold, squared; negative
 * @param behaviourThreshold misbehaviour that is forgiven
 * @param behaviourDecay of P7
 * @param decayIntervalMs between decays
 * @param decayToZero below which a counter is 0
 * @param retainMs how long a bad score outlives the connection
 * @param gossip no gossip to or from peers below
 * @param publish no own messages to peers below
 * @param graylist everything from peers below is ignored
 * @param acceptPx offered peers are taken from peers above only
 * @param opportunistic a mesh whose median is below may take in better ones
 */
public record ScoreParams(
        TopicScoreParams topic,
        double topicCap,
        double appWeight,
        double colocationWeight,
        int colocationThreshold,
        double behaviourWeight,
        double behaviourThreshold,
        double behaviourDecay,
        long decayIntervalMs,
        double decayToZero,
        long retainMs,
        double gossip,
        double publish,
        double graylist,
        double acceptPx,
        double opportunistic) {
    public ScoreParams {
        if (gossip >= 0 || publish > gossip || graylist >= publish || acceptPx < 0 || opportunistic < 0) {
            throw new IllegalArgumentException("thresholds must be graylist < publish <= gossip < 0 <= the others");
        }
        if (appWeight < 0 || colocationWeight > 0 || behaviourWeight > 0 || colocationThreshold < 1) {
            throw new IllegalArgumentException("P5 has a positive weight, P6 and P7 have negative ones");
        }
    }

    public static final ScoreParams DEFAULT = new ScoreParams(
            TopicScoreParams.DEFAULT, 50, 1, -5, 8, -5, 2, 0.9, 1_000, 0.01, 600_000, -20, -40, -80, 5, 1);
}
