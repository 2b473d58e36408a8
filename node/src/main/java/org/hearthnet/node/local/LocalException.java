package org.hearthnet.node.local;

/** Something about this machine stands in the way; the message says what and what to do next. */
public final class LocalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What kind of trouble. */
    public enum Kind {
        /** The person asked for something that makes no sense. */
        USAGE,
        /** Something that was checked is wrong. */
        FAILED,
        /** Something is missing or does not answer. */
        UNAVAILABLE
    }

    private final Kind kind;

    private LocalException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** The person asked for something that makes no sense. */
    public static LocalException usage(String message) {
        return new LocalException(Kind.USAGE, message);
    }

    /** Something that was checked is wrong. */
    public static LocalException failed(String message) {
        return new LocalException(Kind.FAILED, message);
    }

    /** Something is missing or does not answer. */
    public static LocalException unavailable(String message) {
        return new LocalException(Kind.UNAVAILABLE, message);
    }

    /** What kind of trouble. */
    public Kind kind() {
        return kind;
    }
}
