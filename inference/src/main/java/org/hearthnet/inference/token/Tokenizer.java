package org.hearthnet.inference.token;

import java.util.OptionalInt;

/** Turns text into token ids and back. Thread-safe. */
public interface Tokenizer {
    /** Longest text that is accepted, in UTF-16 units. */
    int MAX_TEXT = 1 << 20;

    /**
     * Ids of {@code text}.
     *
     * @param addSpecial puts the begin-of-sequence token in front if the model wants one
     * @param parseSpecial reads the names of control tokens in the text as those tokens; never for text of strangers
     *     inside a template. User-defined tokens are read as such always.
     * @throws IllegalArgumentException if the text is longer than {@link #MAX_TEXT}
     */
    int[] encode(String text, boolean addSpecial, boolean parseSpecial);

    /** A decoder for one stream of tokens. */
    TokenDecoder decoder();

    /** Number of token ids. */
    int vocabulary();

    /** The token that starts a sequence. */
    OptionalInt beginToken();

    /** Whether {@code id} ends a generation. */
    boolean isEnd(int id);

    /** Whether {@code id} is a control token, which is not shown. */
    boolean isControl(int id);

    /** The text of ids, control tokens left out, malformed UTF-8 replaced. */
    default String decode(int[] ids) {
        TokenDecoder decoder = decoder();
        var out = new StringBuilder();
        for (int id : ids) {
            out.append(decoder.next(id));
        }
        return out.append(decoder.finish()).toString();
    }
}
