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

    /** After a character that belongs to no control token; a noncharacter of Unicode, which no text should have. */
    char PLAIN = '\uFDD0';

    /**
     * Text of strangers, made harmless for {@link #encodeMarked}: the first character of every name of a control token gets
     * a mark. Marks survive whatever a template does to the text around them.
     */
    String mark(String text);

    /**
     * Ids of a prompt with names of control tokens, as {@code encode(text, true, true)}, but that no character before a
     * {@link #PLAIN} is read as part of a control token, and that a prompt that starts with the begin token does not get
     * another. The marks themselves leave no trace in the ids.
     */
    int[] encodeMarked(String text);

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
