package org.hearthnet.inference.token;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tokenizers give the ids of Hugging Face's library for real vocabularies. */
class HuggingFaceAgreementTest {
    private static final int TEXTS = 6_000;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"gpt2,gpt-2", "llama3,llama-bpe", "qwen3,qwen2"})
    void idsAreEqual(String model, String pre) throws Exception {
        long seed = System.nanoTime();
        System.out.println("HuggingFaceAgreementTest " + model + " seed " + seed);
        Path reference = ReferenceVocabulary.folder(model).resolve("tokenizer.json");
        Tokenizer ours = ReferenceVocabulary.tokenizer(model, pre, directory);
        try (HuggingFaceTokenizer theirs = HuggingFaceTokenizer.newInstance(
                reference, Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"))) {
            List<String> texts = TestTexts.of(seed, TEXTS);
            for (String text : texts) {
                int[] expected = Arrays.stream(theirs.encode(text).getIds())
                        .mapToInt(Math::toIntExact)
                        .toArray();
                int[] actual = ours.encode(text, false, true);
                assertArrayEquals(expected, actual, () -> escaped(text));
                long[] ids = Arrays.stream(actual)
                        .filter(id -> !ours.isControl(id))
                        .asLongStream()
                        .toArray();
                assertEquals(theirs.decode(ids), ours.decode(actual), () -> escaped(text));
            }
        }
    }

    private static String escaped(String text) {
        var out = new StringBuilder();
        text.chars().forEach(c -> out.append(c < 127 && c > 31 ? "" + (char) c : String.format("\\u%04x", c)));
        return out.toString();
    }
}
