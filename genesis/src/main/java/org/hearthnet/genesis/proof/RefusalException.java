package org.hearthnet.genesis.proof;

/** A move that is not valid; inside the referee only. */
final class RefusalException extends Exception {
    private static final long serialVersionUID = 1;

    RefusalException(String reason) {
        // No stack trace: hostile moves are refused often, and the reason says all.
        super(reason, null, false, false);
    }

    /** Refuses with {@code reason} unless {@code holds}. */
    static void unless(boolean holds, String reason) throws RefusalException {
        if (!holds) {
            throw new RefusalException(reason);
        }
    }
}
