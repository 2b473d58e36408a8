package org.hearthnet.genesis.rules;

import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * Which receipts are checked and by whom: functions of a beacon that did not exist when the receipts were committed to.
 * The draw is public, and every eligible verifier has the same weight.
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
     * The number, 0 to {@code candidates - 1}, of the verifier drawn for attempt {@code attempt} at a receipt.
     *
     * @throws IllegalArgumentException if there is no candidate
     */
    public static int verifier(Hash32 beacon, Hash32 batch, int index, int attempt, int candidates) {
        if (candidates < 1) {
            throw new IllegalArgumentException("nobody to draw from");
        }
        Hash32 hash = Hashing.in(VERIFIER)
                .add(beacon)
                .add(batch)
                .add(index)
                .add(attempt)
                .finish();
        return (int) Long.remainderUnsigned(hash.a(), candidates);
    }
}
