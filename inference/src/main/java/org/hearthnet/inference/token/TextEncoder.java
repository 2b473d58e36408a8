package org.hearthnet.inference.token;

/** The part of a tokenizer that knows no special tokens: plain text to ids, and ids to the bytes they stand for. */
interface TextEncoder {
    /**
     * Appends the ids of {@code text}.
     *
     * @param atStart whether the text begins the sequence or follows a special token
     */
    void encode(String text, boolean atStart, IntList out);

    /** The bytes of a token that is not special. */
    byte[] bytes(int id);

    /** Whether one space at the start of a decoded text was put there by {@link #encode}. */
    boolean addsSpace();
}
