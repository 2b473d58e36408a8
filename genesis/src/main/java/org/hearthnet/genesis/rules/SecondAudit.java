package org.hearthnet.genesis.rules;

import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * Audits of audits: of the receipts that a verifier agreed with, some are checked again by somebody whom a later beacon draws. So
 * a verifier that is bought or conspires is found as well, and cannot know when.
 */
public final class SecondAudit {
    /** Thousandths of agreed receipts that are checked again. */
    public static final int RATE = 100;

    private static final String DOMAIN = "hearth/second-audit/1";

    private SecondAudit() {}

    /**
     * Whether receipt {@code index} of {@code batch}, on which the first check agreed, is checked again.
     *
     * @param later a beacon that did not exist when the first check ended
     */
    public static boolean isDrawn(Hash32 later, Hash32 batch, int index) {
        Hash32 hash = Hashing.in(DOMAIN).add(later).add(batch).add(index).finish();
        return (hash.a() >>> 32) * AuditRate.FULL < ((long) RATE << 32);
    }

    /**
     * That a wrong receipt, drawn at {@code rate} thousandths, is found by either check, in billionths, rounded down.
     *
     * @param first that an honest verifier gets it at the first check, billionths
     * @param second that one gets it at the second, billionths
     */
    public static long found(int rate, long first, long second) {
        long missed = Chance.not(first);
        long later = Chance.and(Chance.and(missed, Chance.of(RATE)), second);
        return Chance.and(Chance.of(rate), first + later);
    }
}
