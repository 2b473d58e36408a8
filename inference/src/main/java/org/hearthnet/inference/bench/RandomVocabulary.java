package org.hearthnet.inference.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hearthnet.inference.gguf.GgufWriter;

/**
 * A vocabulary for byte-level BPE of any size, so that text works with models of random weights: the 256 bytes, some
 * merges, an end token, and as many unused tokens as are asked for.
 */
final class RandomVocabulary {
    /** Tokens in the smallest vocabulary: those that are used. */
    static final int USED = 320;

    /** The begin and end token. */
    static final int END = USED - 1;

    private static final int NORMAL = 1;
    private static final int CONTROL = 3;

    private RandomVocabulary() {}

    /** Adds the metadata of a tokenizer with {@code size} tokens. */
    static void write(GgufWriter out, int size) {
        int[] types = new int[size];
        Arrays.fill(types, NORMAL);
        types[END] = CONTROL;
        out.text("tokenizer.ggml.model", "gpt2")
                .text("tokenizer.ggml.pre", "gpt-2")
                .texts("tokenizer.ggml.tokens", tokens(size))
                .integers("tokenizer.ggml.token_type", types)
                .texts("tokenizer.ggml.merges", merges())
                .integer("tokenizer.ggml.bos_token_id", END)
                .integer("tokenizer.ggml.eos_token_id", END)
                .bool("tokenizer.ggml.add_bos_token", true);
    }

    private static List<String> tokens(int size) {
        var out = new ArrayList<String>();
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            out.add(String.valueOf((char) (printable ? b : next++)));
        }
        merges().forEach(merge -> out.add(merge.replace(" ", "")));
        out.add("<|end|>");
        for (int id = out.size(); id < size; id++) {
            out.add("<unused" + id + ">");
        }
        return out;
    }

    private static List<String> merges() {
        var out = new ArrayList<String>();
        for (int i = 0; out.size() < END - 256; i++) {
            out.add((char) ('a' + i % 26) + " " + (char) ('a' + (i * 7 + i / 26) % 26));
        }
        return out;
    }
}
