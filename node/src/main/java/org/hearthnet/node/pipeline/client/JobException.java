package org.hearthnet.node.pipeline.client;

/** A job was given up; the message says why and what could be done. */
public final class JobException extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** What was in the way. */
    public enum Kind {
        /** No executors for the model, or none at this price. */
        NO_OFFERS,
        /** The account does not hold enough. */
        FUNDS,
        /** The ledger did not take the escrow. */
        LEDGER,
        /** Executors failed again and again. */
        FAILED
    }

    /** With an explanation for people. */
    public JobException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** What was in the way. */
    public Kind kind() {
        return kind;
    }
}
