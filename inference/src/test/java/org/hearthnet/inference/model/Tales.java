package org.hearthnet.inference.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.hearthnet.inference.gguf.GgufFile;

/** The embedded model and what llama.cpp computed with it. */
public final class Tales {
    private static final String MODEL = "/models/hearth-tales.q8_0.gguf";

    private Tales() {}

    /** Opens the model file. */
    public static GgufFile open() throws IOException {
        try {
            return GgufFile.open(Path.of(
                    Objects.requireNonNull(Tales.class.getResource(MODEL)).toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The golden outputs. */
    public static JsonNode golden() {
        try {
            return new ObjectMapper().readTree(text("/tales/golden.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text whose perplexity is known. */
    public static String tale() throws IOException {
        return text("/tales/tale.txt");
    }

    /** An array of integers. */
    public static int[] ints(JsonNode array) {
        int[] out = new int[array.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = array.get(i).asInt();
        }
        return out;
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(Tales.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
