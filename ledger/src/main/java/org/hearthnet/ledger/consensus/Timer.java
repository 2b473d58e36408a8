package org.hearthnet.ledger.consensus;

/**
 * A timer of one height; it may run out after its height or view is over, which does no harm.
 *
 * @param purpose what for
 * @param height of which height
 * @param view of which view; 0 for {@link Purpose#RESEND}
 */
public record Timer(Purpose purpose, long height, int view) {
    /** What a timer is for. */
    public enum Purpose {
        /** The view has taken too long. */
        VIEW,
        /** Votes may have been lost. */
        RESEND,
        /** The block of the view before is notarized, but was not finalized: it is proposed again. */
        REPROPOSE
    }
}
