package org.hearthnet.ledger.store;

import org.jspecify.annotations.Nullable;

/** A store that cannot be used; the message says what is wrong and what can be done. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** What is wrong. */
    public enum Reason {
        /** It belongs to another network. */
        OTHER_NETWORK,
        /** It was written by another version. */
        OTHER_SCHEMA,
        /** Another process has it open. */
        LOCKED,
        /** It cannot be written. */
        READ_ONLY,
        /** What is asked for is from a time that is not kept. */
        GONE,
        /** It was closed while this call came. */
        CLOSED,
        /** No space is left. */
        DISK_FULL,
        /** What is stored contradicts itself. */
        CORRUPT,
        /** Anything else that the disk reports. */
        IO
    }

    /** An error with its explanation. */
    public StoreException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** An error with its explanation. */
    public StoreException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** What is wrong. */
    public Reason reason() {
        return reason;
    }
}
