package org.hearthnet.node.plan;

/**
 * One stage's part of a token, in seconds for one batch.
 *
 * @param memory of each of its devices
 * @param readSeconds for reading weights and caches
 * @param arithmeticSeconds for multiplying and adding
 * @param exchangeSeconds between its devices
 * @param sendSeconds to the next stage
 * @param operations of the batch, on all devices of the stage
 */
public record StageEstimate(
        StageMemory memory,
        double readSeconds,
        double arithmeticSeconds,
        double exchangeSeconds,
        double sendSeconds,
        double operations) {
    /** The roofline: reading and computing go on together, so the slower one counts. */
    public double computeSeconds() {
        return Math.max(readSeconds, arithmeticSeconds);
    }

    /** What the batch spends here and on the way on. */
    public double seconds() {
        return computeSeconds() + exchangeSeconds + sendSeconds;
    }

    /** How long the busiest of its parts is taken by a batch, or all of them if a device cannot send while it computes. */
    double occupied(boolean overlap) {
        return overlap ? Math.max(computeSeconds(), Math.max(exchangeSeconds, sendSeconds)) : seconds();
    }
}
