package org.hearthnet.node.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hearthnet.genesis.spec.SpecJson;

/** Asks a gateway for a completion, as any OpenAI client would, and hands on the pieces as they come. */
final class GatewayClient {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI base;

    GatewayClient(int port) {
        this.base = URI.create("http://127.0.0.1:" + port);
    }

    /** A finished story. */
    record Completion(String text, String job) {}

    Completion complete(String prompt, long seed, int maxTokens, Consumer<String> onPiece)
            throws IOException, InterruptedException {
        // OpenAI's default temperature is 1; the small model tells better stories when it is cooler.
        Map<String, Object> body = Map.of(
                "model",
                modelName(),
                "prompt",
                prompt,
                "seed",
                seed,
                "max_tokens",
                maxTokens,
                "stream",
                true,
                "temperature",
                0.8,
                "top_p",
                0.95);
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/v1/completions"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(SpecJson.mapper().writeValueAsString(body)))
                .build();
        HttpResponse<Stream<String>> response = http.send(request, HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() != 200) {
                throw new IOException(
                        "the gateway answered " + response.statusCode() + ": " + String.join(" ", lines.toList()));
            }
            return read(lines, onPiece);
        }
    }

    private static Completion read(Stream<String> lines, Consumer<String> onPiece) throws IOException {
        StringBuilder text = new StringBuilder();
        String job = "";
        for (String line : (Iterable<String>) lines::iterator) {
            if (!line.startsWith("data: ") || line.equals("data: [DONE]")) {
                continue;
            }
            JsonNode event = SpecJson.mapper().readTree(line.substring(6).getBytes(StandardCharsets.UTF_8));
            if (event.has("error")) {
                throw new IOException("the gateway gave up: " + event.get("error"));
            }
            String piece = event.path("choices").path(0).path("text").asText("");
            text.append(piece);
            onPiece.accept(piece);
            job = event.path("hearth").path("job").asText(job);
        }
        return new Completion(text.toString(), job);
    }

    private String modelName() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/v1/models"))
                .timeout(PATIENCE)
                .build();
        String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return SpecJson.mapper().readTree(body).path("data").path(0).path("id").asText();
    }
}
