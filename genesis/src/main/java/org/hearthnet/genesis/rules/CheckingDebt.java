package org.hearthnet.genesis.rules;

/**
 * Checking that a veteran owes for its own work, in layer-tokens: as much as the network has to check because of it. So checking never
 * depends on newcomers turning up.
 */
public final class CheckingDebt {
    private CheckingDebt() {}

    /** Layer-tokens of others to check for {@code executed} of one's own at {@code rate} thousandths, rounded up. */
    public static long owed(long executed, int rate) {
        if (executed < 0 || rate < 0 || rate > AuditRate.FULL) {
            throw new IllegalArgumentException(executed + " layer-tokens at " + rate);
        }
        long whole = Math.multiplyExact(executed / AuditRate.FULL, (long) rate);
        long rest = executed % AuditRate.FULL * rate;
        return Math.addExact(whole, (rest + AuditRate.FULL - 1) / AuditRate.FULL);
    }

    /** What is left to check after {@code checked} layer-tokens; never negative: nobody works ahead. */
    public static long left(long owed, long checked) {
        return Math.max(0, Math.subtractExact(owed, checked));
    }
}
