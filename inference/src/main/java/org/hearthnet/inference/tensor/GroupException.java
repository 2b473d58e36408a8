package org.hearthnet.inference.tensor;

/** A group cannot go on with what it was doing. */
public final class GroupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final int member;

    /** What happened. */
    public enum Kind {
        /** The member cannot be reached, or does not answer. */
        LOST,
        /** The member sent what it must not send. */
        BROKEN,
        /** The member has no memory for the step; the group may go on with others. */
        MEMORY,
        /** The member could not compute. */
        FAILED
    }

    /** Names the member in whose hands it happened. */
    public GroupException(Kind kind, int member, String message) {
        super("member " + member + ": " + message);
        this.kind = kind;
        this.member = member;
    }

    /** What happened. */
    public Kind kind() {
        return kind;
    }

    /** In whose hands. */
    public int member() {
        return member;
    }
}
