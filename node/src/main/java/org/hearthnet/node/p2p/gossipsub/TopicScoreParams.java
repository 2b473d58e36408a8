package org.hearthnet.node.p2p.gossipsub;

/**
 * Weights of what a peer does in a topic (gossipsub v1.1, The Score Function). Counters are multiplied by their decay once
 * every {@link ScoreParams#decayIntervalMs}.
 *
 * @param weight of the topic in the whole score
 * @param timeInMeshWeight P1
 * @param timeInMeshQuantumMs time that counts as one
 * @param timeInMeshCap most that P1 counts
 * @param firstWeight P2, messages that came from this peer first
 * @param firstDecay of P2
 * @param firstCap most that P2 counts
 * @param deliveriesWeight P3, missing deliveries in the mesh, squared; negative, 0 to switch it off
 * @param deliveriesDecay of P3
 * @param deliveriesThreshold deliveries that are expected
 * @param deliveriesCap most deliveries that are counted
 * @param deliveriesActivationMs time in the mesh before P3 counts
 * @param deliveriesWindowMs time after the first copy within which others count as deliveries too
 * @param failureWeight P3b, what P3 was when the peer was pruned; negative
 * @param failureDecay of P3b
 * @param invalidWeight P4, invalid messages, squared; negative
 * @param invalidDecay of P4
 */
public record TopicScoreParams(
        double weight,
        double timeInMeshWeight,
        long timeInMeshQuantumMs,
        double timeInMeshCap,
        double firstWeight,
        double firstDecay,
        double firstCap,
        double deliveriesWeight,
        double deliveriesDecay,
        double deliveriesThreshold,
        double deliveriesCap,
        long deliveriesActivationMs,
        long deliveriesWindowMs,
        double failureWeight,
        double failureDecay,
        double invalidWeight,
        double invalidDecay) {
    public TopicScoreParams {
        if (weight < 0 || timeInMeshWeight < 0 || firstWeight < 0 || timeInMeshQuantumMs < 1) {
            throw new IllegalArgumentException("the weights of P1 and P2 are not negative");
        }
        if (deliveriesWeight > 0 || failureWeight > 0 || invalidWeight > 0 || deliveriesCap < deliveriesThreshold) {
            throw new IllegalArgumentException(
                    "the weights of P3, P3b and P4 are not positive, and the cap of P3 is not small");
        }
    }

    /**
     * For topics whose traffic nobody can foretell: no deliveries are demanded (P3 and P3b off), first deliveries count up to
     * 20 points and are forgotten within minutes, and the seventh invalid message in a row puts the peer below all thresholds
     * of {@link ScoreParams#DEFAULT}.
     */
    public static final TopicScoreParams DEFAULT =
            new TopicScoreParams(1, 0.01, 1_000, 50, 0.5, 0.97, 40, 0, 0.9, 0, 0, 60_000, 10, 0, 0.9, -2, 0.995);
}
