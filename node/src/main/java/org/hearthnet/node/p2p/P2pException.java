package org.hearthnet.node.p2p;

import java.io.IOException;

/** Why an operation of this package failed; the reason decides what a caller may do next. */
public final class P2pException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The kinds of failure. */
    public enum Reason {
        /** The deadline of the operation passed (or the waiting thread was interrupted). */
        DEADLINE,
        /** The other side reset the stream. */
        RESET,
        /** The stream, connection or host is closed. */
        CLOSED,
        /** A limit of this side stands in the way. */
        LIMIT,
        /** The other side broke a protocol. */
        PROTOCOL,
        /** The peer is not allowed here, or is not the one that was called. */
        REFUSED,
        /** The other side speaks none of the proposed protocols. */
        UNSUPPORTED,
        /** No address is known, or none of them answered. */
        UNREACHABLE
    }

    private final Reason reason;

    public P2pException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public P2pException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    public static P2pException deadline(String what) {
        return new P2pException(Reason.DEADLINE, what + ": deadline passed");
    }

    public static P2pException closed(String what) {
        return new P2pException(Reason.CLOSED, what + " is closed");
    }

    public static P2pException protocol(String what) {
        return new P2pException(Reason.PROTOCOL, what);
    }

    /** Marks the thread as interrupted again, as the exception that said so is gone. */
    public static P2pException interrupted(String what) {
        Thread.currentThread().interrupt();
        return new P2pException(Reason.DEADLINE, what + ": interrupted");
    }

    /** {@code e} itself if it is one of ours, else wrapped: malformed bytes are the peer's fault, the rest is I/O. */
    public static P2pException of(String what, IOException e) {
        return switch (e) {
            case P2pException mine -> mine;
            case org.hearthnet.node.p2p.wire.WireException wire ->
                new P2pException(Reason.PROTOCOL, what + ": " + wire.getMessage(), wire);
            default -> new P2pException(Reason.CLOSED, what + ": " + e, e);
        };
    }
}
