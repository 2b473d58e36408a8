package org.hearthnet.inference.token;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.OptionalInt;
import org.hearthnet.inference.gguf.GgufException;

/** Cuts text at special tokens and leaves what is between to a {@link TextEncoder}. */
final class ModelTokenizer implements Tokenizer {
    private final Vocabulary vocabulary;
    private final TextEncoder encoder;
    private final OptionalInt begin;
    private final OptionalInt end;
    private final boolean addBegin;
    private final boolean addEnd;
    private final BitSet ends;

    /**
     * @param addBegin whether to begin with the begin token where the file does not say
     */
    ModelTokenizer(Vocabulary vocabulary, TextEncoder encoder, boolean addBegin) throws GgufException {
        this.vocabulary = vocabulary;
        this.encoder = encoder;
        this.begin = vocabulary.role("bos_token_id");
        this.end = vocabulary.role("eos_token_id");
        this.addBegin = vocabulary.flag("add_bos_token", addBegin);
        this.addEnd = vocabulary.flag("add_eos_token", false);
        this.ends = EndTokens.of(vocabulary);
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
        SpecialTokens special = vocabulary.special(parseSpecial);
        boolean atStart = true;
        int at = 0;
        while (at < text.length()) {
            SpecialTokens.Match match = special.find(text, at);
            if (match.start() > at) {
                encoder.encode(text.substring(at, match.start()), atStart, out);
                atStart = false;
            }
            if (match.id() >= 0) {
                out.add(match.id());
                atStart = true;
            }
            at = match.end();
        }
        if (addSpecial && addEnd) {
            end.ifPresent(out::add);
        }
        return out.toArray();
    }

    @Override
    public TokenDecoder decoder() {
        return new TokenDecoder(this::shownBytes);
    }

    @Override
    public String decode(int[] ids) {
        String text = Tokenizer.super.decode(ids);
        return encoder.addsSpace() && text.startsWith(" ") ? text.substring(1) : text;
    }

    private byte[] shownBytes(int id) {
        if (id < 0 || id >= vocabulary.size()) {
            throw new IllegalArgumentException("token id " + id + " is outside of 0.." + (vocabulary.size() - 1));
        }
        if (vocabulary.isControl(id)) {
            return new byte[0];
        }
        return vocabulary.isUserDefined(id) ? vocabulary.token(id).getBytes(StandardCharsets.UTF_8) : encoder.bytes(id);
    }

    @Override
    public int vocabulary() {
        return vocabulary.size();
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
        return vocabulary.isControl(id);
    }
}
