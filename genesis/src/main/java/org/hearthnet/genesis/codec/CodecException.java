package org.hearthnet.genesis.codec;

/** Bytes that are not the canonical encoding of any value; the message names field and offset. */
public final class CodecException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** An error with its explanation. */
    public CodecException(String message) {
        super(message);
    }
}
