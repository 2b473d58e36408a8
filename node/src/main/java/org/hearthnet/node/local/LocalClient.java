package org.hearthnet.node.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A command's side of {@link LocalApi}. */
public final class LocalClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final RunningNode node;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    private LocalClient(RunningNode node) {
        this.node = node;
    }

    /** The node that runs in {@code directory}, if one does. */
    public static Optional<LocalClient> find(Path directory) throws IOException {
        return RunningNode.find(directory).map(LocalClient::new);
    }

    /** The node that runs in {@code directory}; a message that says how to start one if none does. */
    public static LocalClient require(Path directory) throws IOException {
        return find(directory)
                .orElseThrow(() ->
                        LocalException.unavailable("no node runs in " + directory + ". Start one: hearth node --data "
                                + directory + " (at the first start with --genesis FILE)"));
    }

    /** What it says of itself. */
    public RunningNode node() {
        return node;
    }

    /** Asks for {@code /v0/path}; empty if there is no such thing. */
    public Optional<JsonNode> get(String path) throws IOException {
        HttpResponse<byte[]> response = send(request(path).GET().build());
        JsonNode body = LocalJson.mapper().readTree(response.body());
        return switch (response.statusCode()) {
            case 200 -> Optional.of(body);
            case 404 -> Optional.empty();
            case 400 -> throw LocalException.usage(body.path("error").asText());
            default ->
                throw LocalException.failed("the node answers " + response.statusCode() + ": "
                        + body.path("error").asText());
        };
    }

    /** Posts {@code document} to {@code /v0/path}. */
    public JsonNode post(String path, Map<String, ?> document) throws IOException {
        HttpRequest request = request(path)
                .POST(HttpRequest.BodyPublishers.ofByteArray(LocalJson.bytes(document)))
                .build();
        HttpResponse<byte[]> response = send(request);
        JsonNode body = LocalJson.mapper().readTree(response.body());
        if (response.statusCode() / 100 != 2) {
            throw LocalException.failed(body.path("error").asText("the node answers " + response.statusCode()));
        }
        return body;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.apiPort() + "/v0/" + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + node.token());
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
