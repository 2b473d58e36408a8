package org.hearthnet.inference.token;

import java.nio.charset.StandardCharsets;
import org.hearthnet.inference.gguf.GgufException;

/** Byte-level byte pair encoding (Sennrich et al., 2016; Radford et al., 2019). Made by {@link Tokenizers}. */
final class ByteLevelBpe implements TextEncoder {
    /** What distinguishes tokenizers of this kind: how words are cut and whether a word that is a token is left whole. */
    record Style(PreTokenizer words, boolean wholeWords, boolean normalize) {}

    private final Vocabulary vocabulary;
    private final Style style;
    private final byte[][] tokens;
    private final int[] byteTokens;
    private final MergeTable merges;

    ByteLevelBpe(Vocabulary vocabulary, Style style) throws GgufException {
        this.vocabulary = vocabulary;
        this.style = style;
        this.tokens = new byte[vocabulary.size()][];
        for (int id = 0; id < tokens.length; id++) {
            byte[] mapped = ByteAlphabet.bytes(vocabulary.token(id));
            tokens[id] = mapped == null ? vocabulary.token(id).getBytes(StandardCharsets.UTF_8) : mapped;
        }
        this.byteTokens = byteTokens();
        this.merges = MergeTable.read(vocabulary);
    }

    private int[] byteTokens() throws GgufException {
        int[] out = new int[256];
        for (int b = 0; b < 256; b++) {
            out[b] = vocabulary.id(ByteAlphabet.text(new byte[] {(byte) b}));
            if (out[b] < 0) {
                throw vocabulary.metadata().error(Vocabulary.PREFIX + "tokens", "there is no token for byte " + b);
            }
        }
        return out;
    }

    @Override
    public void encode(String text, boolean atStart, IntList out) {
        String normal = style.normalize() ? Composition.nfc(text) : text;
        int at = 0;
        while (at < normal.length()) {
            int end = style.words().wordEnd(normal, at, normal.length());
            encodeWord(normal.substring(at, end), out);
            at = end;
        }
    }

    private void encodeWord(String word, IntList out) {
        // A lone surrogate has no UTF-8; getBytes writes '?' for it, as any encoder that replaces does.
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        int whole = style.wholeWords() ? vocabulary.plainId(ByteAlphabet.text(bytes)) : -1;
        if (whole >= 0) {
            out.add(whole);
            return;
        }
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
    public byte[] bytes(int id) {
        return tokens[id];
    }

    @Override
    public boolean addsSpace() {
        return false;
    }
}
