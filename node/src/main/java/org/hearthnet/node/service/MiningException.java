package org.hearthnet.node.service;

/** A node must not mine like this; the message says why and what to do. */
public final class MiningException extends Exception {
    private static final long serialVersionUID = 1;

    /** Whose fault it is. */
    public enum Kind {
        /** The person asked for something that this network does not allow. */
        USAGE,
        /** A check of this machine or its model failed. */
        CHECK
    }

    private final Kind kind;

    private MiningException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static MiningException usage(String message) {
        return new MiningException(Kind.USAGE, message);
    }

    static MiningException check(String message) {
        return new MiningException(Kind.CHECK, message);
    }

    /** Whose fault it is. */
    public Kind kind() {
        return kind;
    }
}
