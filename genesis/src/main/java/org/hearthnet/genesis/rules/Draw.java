package org.hearthnet.genesis.rules;

import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * Which receipts are checked and by whom: functions of a beacon that did not exist when the receipts were committed to.
 * The draw is public; verifiers are drawn by their {@link VerifierWeight}.
 */
public final class Draw {
    private static final String RECEIPT = "hearth/draw/1";
    private static final String VERIFIER = "hearth/draw-verifier/1";

    private Draw() {}

    /** Whether receipt {@code index} of {@code batch} is drawn at {@code rate} thousandths. */
    public static boolean isDrawn(Hash32 beacon, Hash32 batch, int index, int rate) {
        Hash32 hash = Hashing.in(RECEIPT).add(beacon).add(batch).add(index).finish();
        long uniform = hash.a() >>> 32;
        return uniform * AuditRate.FULL < ((long) rate << 32);
    }

    /**
     * The number of the verifier drawn for attempt {@code attempt} at a receipt: each with the probability that its part of all
     * weights is, up to 2^-64 times their sum.
     *
     * @param weights of the candidates, none negative
     * @throws IllegalArgumentException if there is no candidate with any weight
     */
    public static int verifier(Hash32 beacon, Hash32 batch, int index, int attempt, long[] weights) {
        long total = 0;
        for (long weight : weights) {
            if (weight < 0) {
                throw new IllegalArgumentException("a negative weight");
            }
            total = Math.addExact(total, weight);
        }
        if (total == 0) {
            throw new IllegalArgumentException("nobody to draw from");
        }
        Hash32 hash = Hashing.in(VERIFIER)
                .add(beacon)
                .add(batch)
                .add(index)
                .add(attempt)
                .finish();
        // The hash as a fraction of 2^64, times the total: uniform in 0 to total - 1.
        long at = Math.unsignedMultiplyHigh(hash.a(), total);
        for (int i = 0; i < weights.length; i++) {
            if (at < weights[i]) {
                return i;
            }
            at -= weights[i];
        }
        throw new IllegalStateException("the weights do not sum to their sum");
    }
}
