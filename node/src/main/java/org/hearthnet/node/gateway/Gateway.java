package org.hearthnet.node.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.hearthnet.node.chat.ChatTemplate;
import org.hearthnet.node.pipeline.client.JobException;
import org.hearthnet.node.pipeline.text.TextJobs;
import org.hearthnet.node.pipeline.text.TextListener;
import org.hearthnet.node.pipeline.text.TextOutcome;
import org.hearthnet.node.pipeline.text.TextRequest;

/** The server. Requests run on virtual threads; {@link GatewayConfig#concurrent} bounds how many complete at once. */
public final class Gateway implements AutoCloseable {
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(16).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final GatewayConfig config;
    private final Completer completer;
    private final Semaphore slots;
    private final SecureRandom random = new SecureRandom();
    private final WebServer server;

    /** What completes; {@link TextJobs} in a node. */
    public interface Completer {
        /** The model's name. */
        String model();

        /** The model's chat template, if it has one. */
        Optional<ChatTemplate> chatTemplate();

        /** When the model was made known, seconds since 1970. */
        long createdSeconds();

        /** Completes. */
        TextOutcome complete(TextRequest request, TextListener listener)
                throws JobException, InterruptedException, IOException;
    }

    private Gateway(GatewayConfig config, Completer completer) {
        this.config = config;
        this.completer = completer;
        this.slots = new Semaphore(config.concurrent());
        this.server = WebServer.builder()
                .host(config.host())
                .port(config.port())
                .shutdownHook(false)
                .maxPayloadSize(16L * GatewayConfig.MAX_BODY) // the limit itself has an error object of its own
                .routing(this::route)
                .build();
    }

    /** Starts a gateway. */
    public static Gateway start(GatewayConfig config, Completer completer) {
        Gateway gateway = new Gateway(config, completer);
        gateway.server.start();
        return gateway;
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private void route(HttpRouting.Builder routing) {
        routing.any((request, response) -> {
                    authorise(request);
                    response.next();
                })
                .get("/v1/models", (request, response) -> models(response))
                .get("/v1/models/{model}", this::model)
                .post("/v1/completions", this::completions)
                .post("/v1/chat/completions", this::chat)
                .any((request, response) -> {
                    throw ApiError.refused(
                            404,
                            "unknown_url",
                            "Unknown request URL: " + method(request) + " "
                                    + request.path().path()
                                    + ". This gateway has /v1/models, /v1/completions and /v1/chat/completions.");
                })
                .error(ApiError.class, (request, response, error) -> send(response, error.status(), error.body()));
    }

    private static String method(ServerRequest request) {
        return request.prologue().method().text();
    }

    private void authorise(ServerRequest request) {
        if (config.apiKey().isEmpty()) {
            return;
        }
        byte[] wanted = ("Bearer " + config.apiKey().get()).getBytes(StandardCharsets.UTF_8);
        byte[] shown =
                request.headers().first(HeaderNames.AUTHORIZATION).orElse("").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(wanted, shown)) {
            throw ApiError.refused(401, "invalid_api_key", "Incorrect API key provided.");
        }
    }

    private void models(ServerResponse response) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("object", "list");
        out.put("data", List.of(modelObject()));
        send(response, 200, out);
    }

    private void model(ServerRequest request, ServerResponse response) {
        checkModel(request.path().pathParameters().get("model"));
        send(response, 200, modelObject());
    }

    private Map<String, Object> modelObject() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", completer.model());
        out.put("object", "model");
        out.put("created", completer.createdSeconds());
        out.put("owned_by", "hearth");
        return out;
    }

    private void checkModel(String name) {
        if (!name.equals(completer.model())) {
            throw ApiError.refused(
                    404, "model_not_found", "The model '" + name + "' does not exist; there is " + completer.model());
        }
    }

    private void completions(ServerRequest request, ServerResponse response) {
        CompletionRequest asked = CompletionRequest.of(read(request), random::nextLong);
        checkModel(asked.model());
        answer(response, asked, false);
    }

    private void chat(ServerRequest request, ServerResponse response) {
        JsonNode body = read(request);
        checkModel(new Fields(body).text("model"));
        answer(response, CompletionRequest.ofChat(body, completer.chatTemplate(), random::nextLong), true);
    }

    private void answer(ServerResponse response, CompletionRequest asked, boolean chat) {
        if (!slots.tryAcquire()) {
            throw ApiError.busy("all " + config.concurrent() + " slots are taken; try again later");
        }
        try {
            String id = newId(chat ? "chatcmpl-" : "cmpl-");
            var body = new CompletionBody(chat, id, System.currentTimeMillis() / 1000, completer.model());
            if (asked.stream()) {
                CompletionStream.run(response, body, asked.usage(), listener -> complete(asked, listener));
            } else {
                send(response, 200, body.whole(complete(asked, piece -> {})));
            }
        } finally {
            slots.release();
        }
    }

    private String newId(String prefix) {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        return prefix + HexFormat.of().formatHex(bytes);
    }

    private TextOutcome complete(CompletionRequest asked, TextListener listener) {
        TextRequest request = new TextRequest(
                asked.prompt(),
                asked.maxTokens(),
                asked.sampler(),
                config.maxPrice(),
                config.stages(),
                Set.of(),
                asked.stops());
        try {
            return completer.complete(request, listener);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid("prompt", String.valueOf(e.getMessage()));
        } catch (JobException e) {
            String message = String.valueOf(e.getMessage());
            throw switch (e.kind()) {
                case FUNDS -> ApiError.funds(message);
                case NO_OFFERS -> ApiError.unavailable("no_executors", message);
                case LEDGER -> ApiError.unavailable("ledger", message);
                case FAILED -> ApiError.unavailable("executors_failed", message);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiError.unavailable("shutting_down", "the gateway is shutting down");
        } catch (IOException e) {
            throw ApiError.unavailable("disk", "the job's report cannot be written: " + e.getMessage());
        }
    }

    private static JsonNode read(ServerRequest request) {
        try {
            byte[] bytes = request.content().inputStream().readNBytes(GatewayConfig.MAX_BODY + 1);
            if (bytes.length > GatewayConfig.MAX_BODY) {
                throw ApiError.refused(
                        413, "too_large", "the body is over the limit of " + GatewayConfig.MAX_BODY + " bytes");
            }
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw ApiError.invalid(null, "the body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw ApiError.invalid(null, "the body cannot be read");
        }
    }

    private static void send(ServerResponse response, int status, Object body) {
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(encode(body));
    }

    static byte[] encode(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that is no JSON", e);
        }
    }
}
