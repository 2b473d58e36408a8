package org.hearthnet.inference.token;

import java.util.Map;
import java.util.TreeSet;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufMetadata;

/** Makes the tokenizer that a GGUF file describes. */
public final class Tokenizers {
    private static final int LLAMA3_DIGITS = 3;

    /** By the name under {@code tokenizer.ggml.pre}. */
    private static final Map<String, ByteLevelBpe.Style> STYLES = Map.of(
            "gpt-2", new ByteLevelBpe.Style(new Gpt2PreTokenizer(), false, false),
            "llama-bpe", new ByteLevelBpe.Style(new TiktokenPreTokenizer(LLAMA3_DIGITS), true, false),
            "qwen2", new ByteLevelBpe.Style(new TiktokenPreTokenizer(1), false, true),
            "smollm", new ByteLevelBpe.Style(new DigitPreTokenizer(new Gpt2PreTokenizer()), false, false));

    private Tokenizers() {}

    /**
     * The tokenizer of a model.
     *
     * @throws GgufException if it is of a kind that is not supported, or inconsistent
     */
    public static Tokenizer of(GgufMetadata metadata) throws GgufException {
        String model = metadata.text(Vocabulary.PREFIX + "model").orElse("(none)");
        return switch (model) {
            case "gpt2" -> byteLevelBpe(metadata);
            case "llama" -> {
                var vocabulary = new Vocabulary(metadata);
                yield new ModelTokenizer(vocabulary, new SentencePiece(vocabulary), true);
            }
            default ->
                throw metadata.error(
                        Vocabulary.PREFIX + "model",
                        "the tokenizer '" + model + "' is not supported (gpt2 and llama are)");
        };
    }

    private static Tokenizer byteLevelBpe(GgufMetadata metadata) throws GgufException {
        String pre = metadata.text(Vocabulary.PREFIX + "pre").orElse("(none)");
        ByteLevelBpe.Style style = STYLES.get(pre);
        if (style == null) {
            throw metadata.error(
                    Vocabulary.PREFIX + "pre",
                    "the pre-tokenizer '" + pre + "' is not supported ("
                            + String.join(", ", new TreeSet<>(STYLES.keySet())) + " are)");
        }
        var vocabulary = new Vocabulary(metadata);
        // Files of Llama 3 from before the flag was written begin with the begin token all the same.
        return new ModelTokenizer(vocabulary, new ByteLevelBpe(vocabulary, style), pre.equals("llama-bpe"));
    }
}
