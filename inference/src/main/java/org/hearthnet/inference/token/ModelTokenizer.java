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
        this.ends = EndTokens.of(vocabulary.metadata(), vocabulary.size());
    }

    @Override
    public int[] encode(String text, boolean addSpecial, boolean parseSpecial) {
        var out = new IntList();
        if (addSpecial && addBegin) {
            begin.ifPresent(out::add);
        }
        encode(text, new BitSet(), parseSpecial, out);
        if (addSpecial && addEnd) {
            end.ifPresent(out::add);
        }
        return out.toArray();
    }

    @Override
    public String mark(String text) {
        String clean = text.replace(String.valueOf(PLAIN), "");
        var out = new StringBuilder(clean.length());
        for (int i = 0; i < clean.length(); i++) {
            out.append(clean.charAt(i));
            if (vocabulary.isControlAt(clean, i)) {
                out.append(PLAIN);
            }
        }
        return out.toString();
    }

    @Override
    public int[] encodeMarked(String marked) {
        var text = new StringBuilder(marked.length());
        var plain = new BitSet();
        for (int i = 0; i < marked.length(); i++) {
            char c = marked.charAt(i);
            if (c != PLAIN) {
                text.append(c);
            } else if (!text.isEmpty()) {
                plain.set(text.length() - 1);
            }
        }
        var out = new IntList();
        encode(text.toString(), plain, true, out);
        int[] ids = out.toArray();
        boolean hasBegin = begin.isPresent() && ids.length > 0 && ids[0] == begin.getAsInt();
        if (!addBegin || begin.isEmpty() || hasBegin) {
            return ids;
        }
        int[] all = new int[ids.length + 1];
        all[0] = begin.getAsInt();
        System.arraycopy(ids, 0, all, 1, ids.length);
        return all;
    }

    /**
     * @param plain characters that belong to no control token
     */
    private void encode(String text, BitSet plain, boolean parseSpecial, IntList out) {
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "the text has " + text.length() + " characters, the limit is " + MAX_TEXT);
        }
        SpecialTokens special = vocabulary.special(parseSpecial);
        boolean atStart = true;
        int from = 0;
        int at = 0;
        while (from < text.length()) {
            SpecialTokens.Match match = special.find(text, at);
            boolean forged = match.id() >= 0
                    && vocabulary.isControl(match.id())
                    && plain.get(match.start(), match.end()).cardinality() > 0;
            if (forged) {
                at = match.start() + 1;
                continue;
            }
            if (match.start() > from) {
                encoder.encode(text.substring(from, match.start()), atStart, out);
                atStart = false;
            }
            if (match.id() >= 0) {
                out.add(match.id());
                atStart = true;
            }
            from = match.end();
            at = from;
        }
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
