package org.hearthnet.inference.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.gguf.GgufWriter;
import org.hearthnet.inference.token.Tokenizer;
import org.hearthnet.inference.token.Tokenizers;

/** Any text becomes ids of the vocabulary, and well-formed text comes back unchanged, with every kind of tokenizer. */
class TokenizerFuzzTest {
    private static final List<Tokenizer> TOKENIZERS = tokenizers();

    private static List<Tokenizer> tokenizers() {
        try {
            Path file = Files.createTempFile("fuzz", ".gguf");
            List<Tokenizer> out = new ArrayList<>();
            for (String pre : List.of("gpt-2", "llama-bpe", "qwen2", "smollm")) {
                RandomModel.tiny(org.hearthnet.genesis.arithmetic.WeightFormat.Q8_0)
                        .write(file, 1, writer -> writer.text("tokenizer.ggml.pre", pre));
                out.add(open(file));
            }
            sentencePiece().write(file);
            out.add(open(file));
            Files.delete(file);
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Tokenizer open(Path file) throws IOException {
        try (GgufFile gguf = GgufFile.open(file)) {
            return Tokenizers.of(gguf.metadata());
        }
    }

    private static GgufWriter sentencePiece() {
        List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
        for (int b = 0; b < 256; b++) {
            tokens.add(String.format("<0x%02X>", b));
        }
        tokens.addAll(List.of("\u2581", "a", "b", "ab", "aa", "\u2581a", "\u2581ab", "aaa", "ba", "\u2581\u2581"));
        int[] types = new int[tokens.size()];
        Arrays.fill(types, 1);
        Arrays.fill(types, 0, 3, 3);
        Arrays.fill(types, 3, 259, 6);
        float[] scores = new float[types.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = -(i % 7);
        }
        return new GgufWriter()
                .text("tokenizer.ggml.model", "llama")
                .texts("tokenizer.ggml.tokens", tokens)
                .integers("tokenizer.ggml.token_type", types)
                .reals("tokenizer.ggml.scores", scores)
                .integer("tokenizer.ggml.bos_token_id", 1)
                .integer("tokenizer.ggml.eos_token_id", 2)
                .vector("unused", new float[1]);
    }

    @FuzzTest(maxDuration = "5m")
    void anyTextIsEncoded(FuzzedDataProvider data) {
        Tokenizer tokenizer = data.pickValue(TOKENIZERS);
        boolean special = data.consumeBoolean();
        String text = data.consumeRemainingAsString();
        int[] ids = tokenizer.encode(text, true, special);
        assertTrue(Arrays.stream(ids).allMatch(id -> id >= 0 && id < tokenizer.vocabulary()));
        int[] marked = tokenizer.encodeMarked(tokenizer.mark(text));
        assertTrue(Arrays.stream(marked).skip(1).noneMatch(tokenizer::isControl));
        boolean composed = java.text.Normalizer.isNormalized(text, java.text.Normalizer.Form.NFC);
        // SentencePiece writes spaces as U+2581, so that character itself comes back as a space.
        boolean distinct = text.indexOf('\u2581') < 0 && text.indexOf(Tokenizer.PLAIN) < 0;
        if (!special
                && composed
                && distinct
                && StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            assertEquals(text, tokenizer.decode(ids));
        }
    }
}
