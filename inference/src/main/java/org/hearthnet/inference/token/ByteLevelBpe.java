package org.hearthnet.inference.token;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.OptionalInt;

/** Byte-level byte pair encoding (Sennrich et al., 2016; Radford et al., 2019). Made by {@link Tokenizers}. */
final class ByteLevelBpe implements Tokenizer {
    private final byte[][] tokens;
    private final int[] byteTokens;
    private final MergeTable merges;
    private final PreTokenizer preTokenizer;
    private final SpecialTokens special;
    private final BitSet control;
    private final OptionalInt begin;
    private final boolean addBegin;
    private final BitSet ends;

    /** What the file says. */
    @SuppressWarnings("ArrayRecordComponent")
    record Parts(
            byte[][] tokens,
            int[] byteTokens,
            MergeTable merges,
            PreTokenizer preTokenizer,
            SpecialTokens special,
            BitSet control,
            OptionalInt begin,
            boolean addBegin,
            BitSet ends) {}

    ByteLevelBpe(Parts parts) {
        tokens = parts.tokens();
        byteTokens = parts.byteTokens();
        merges = parts.merges();
        preTokenizer = parts.preTokenizer();
        special = parts.special();
        control = parts.control();
        begin = parts.begin();
        addBegin = parts.addBegin();
        ends = parts.ends();
    }

    @Override
    public int[] encode(String text, boolean addSpecial, boolean parseSpecial) {
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "the text has " + text.length() + " characters, the limit is " + MAX_TEXT);
        }
        var out = new IntList();
        if (addSpecial && addBegin) {
            begin.ifPresent(out::add);
        }
        int at = 0;
        while (parseSpecial && at < text.length()) {
            SpecialTokens.Match match = special.find(text, at);
            encodePlain(text.substring(at, match.start()), out);
            if (match.id() >= 0) {
                out.add(match.id());
            }
            at = match.end();
        }
        encodePlain(text.substring(at), out);
        return out.toArray();
    }

    private void encodePlain(String text, IntList out) {
        int at = 0;
        while (at < text.length()) {
            int end = preTokenizer.wordEnd(text, at);
            encodeWord(text.substring(at, end), out);
            at = end;
        }
    }

    private void encodeWord(String word, IntList out) {
        // A lone surrogate has no UTF-8; getBytes writes '?' for it, as any encoder that replaces does.
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        int[] symbols = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            symbols[i] = byteTokens[bytes[i] & 0xFF];
        }
        int count = BytePairMerger.merge(merges, symbols);
        for (int i = 0; i < count; i++) {
            out.add(symbols[i]);
        }
    }

    @Override
    public TokenDecoder decoder() {
        return new TokenDecoder(this::shownBytes);
    }

    private byte[] shownBytes(int id) {
        if (id < 0 || id >= tokens.length) {
            throw new IllegalArgumentException("token id " + id + " is outside of 0.." + (tokens.length - 1));
        }
        return control.get(id) ? new byte[0] : tokens[id];
    }

    @Override
    public int vocabulary() {
        return tokens.length;
    }

    @Override
    public OptionalInt beginToken() {
        return begin;
    }

    @Override
    public boolean isEnd(int id) {
        return ends.get(id);
    }

    @Override
    public boolean isControl(int id) {
        return control.get(id);
    }
}
