package org.hearthnet.node.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.node.JsPackages;
import org.hearthnet.node.chat.ChatTemplate;
import org.hearthnet.node.chat.ChatTemplates;
import org.hearthnet.node.pipeline.client.JobException;
import org.hearthnet.node.pipeline.client.JobOutcome;
import org.hearthnet.node.pipeline.text.JobReport;
import org.hearthnet.node.pipeline.text.TextListener;
import org.hearthnet.node.pipeline.text.TextOutcome;
import org.hearthnet.node.pipeline.text.TextRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway as a caller sees it, with a stand-in for the network behind it. */
class GatewayTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Fake fake = new Fake();
    private Gateway gateway = start(Optional.empty(), 2);

    private Gateway start(Optional<String> key, int concurrent) {
        return Gateway.start(new GatewayConfig("127.0.0.1", 0, key, 100, 0, concurrent), fake);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    /** Answers with pieces; fails on demand. */
    private static final class Fake implements Gateway.Completer {
        private final List<TextRequest> requests = new ArrayList<>();
        private volatile JobException failure;
        private volatile int failAfter;
        private volatile CountDownLatch hold;

        @Override
        public String model() {
            return "tales";
        }

        @Override
        public Optional<ChatTemplate> chatTemplate() {
            return Optional.of(ChatTemplates.SIMPLE);
        }

        @Override
        public long createdSeconds() {
            return 17;
        }

        @Override
        public TextOutcome complete(TextRequest request, TextListener listener)
                throws JobException, InterruptedException {
            synchronized (requests) {
                requests.add(request);
            }
            if (request.prompt().isEmpty()) {
                throw new IllegalArgumentException("the prompt is empty");
            }
            if (hold != null) {
                hold.await();
            }
            int sent = 0;
            for (String piece : List.of("Once ", "upon ", "a time…")) {
                if (failure != null && sent >= failAfter) {
                    throw failure;
                }
                listener.text(piece);
                sent++;
            }
            var end = request.maxTokens() == 3 ? JobOutcome.End.TOKEN_LIMIT : JobOutcome.End.END_TOKEN;
            var job = new JobOutcome(List.of(), new int[] {1, 2, 3}, end, Amount.of(30), Amount.of(40));
            var report = new JobReport(
                    Hash32.ZERO, 1, 2, 3, "end_token", Hash32.ZERO, Amount.of(30), Amount.of(40), List.of());
            return new TextOutcome("Once upon a time…", 2, job, report);
        }
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + gateway.port() + path);
    }

    @Test
    void listsTheModel() throws Exception {
        JsonNode list = JSON.readTree(get("/v1/models").body());
        assertEquals("list", list.path("object").asText());
        assertEquals("tales", list.path("data").get(0).path("id").asText());
        assertEquals(
                "model",
                JSON.readTree(get("/v1/models/tales").body()).path("object").asText());
        assertEquals(404, get("/v1/models/other").statusCode());
    }

    @Test
    void completesWithUsageAndReason() throws Exception {
        HttpResponse<String> response = post(
                "/v1/completions",
                "{\"model\":\"tales\",\"prompt\":\"hi\",\"max_tokens\":9,\"temperature\":0.5,\"top_p\":0.9,\"seed\":7,"
                        + "\"stop\":[\"END\"],\"n\":1,\"echo\":false,\"logprobs\":null,\"presence_penalty\":0}");
        assertEquals(200, response.statusCode(), response.body());
        JsonNode body = JSON.readTree(response.body());
        assertEquals("text_completion", body.path("object").asText());
        JsonNode choice = body.path("choices").get(0);
        assertEquals("Once upon a time…", choice.path("text").asText());
        assertEquals("stop", choice.path("finish_reason").asText());
        assertTrue(choice.path("logprobs").isNull());
        assertEquals(2, body.path("usage").path("prompt_tokens").asInt());
        assertEquals(5, body.path("usage").path("total_tokens").asInt());
        assertEquals(30, body.path("hearth").path("paid").asInt());
        TextRequest asked = fake.requests.getFirst();
        assertEquals(9, asked.maxTokens());
        assertEquals(0.5f, asked.sampler().temperature());
        assertEquals(0.9f, asked.sampler().topP());
        assertEquals(7, asked.sampler().seed());
        assertEquals(List.of("END"), asked.stops());
    }

    @Test
    void streamsEvents() throws Exception {
        HttpResponse<String> response = post(
                "/v1/completions",
                "{\"model\":\"tales\",\"prompt\":\"hi\",\"max_tokens\":3,\"stream\":true,"
                        + "\"stream_options\":{\"include_usage\":true}}");
        assertEquals(200, response.statusCode());
        assertEquals(
                "text/event-stream",
                response.headers().firstValue("content-type").orElse(""));
        List<String> events = response.body().lines().filter(l -> !l.isEmpty()).toList();
        assertTrue(events.stream().allMatch(e -> e.startsWith("data: ")), response.body());
        assertEquals("data: [DONE]", events.getLast());
        StringBuilder text = new StringBuilder();
        String reason = "";
        int usage = 0;
        for (String event : events.subList(0, events.size() - 1)) {
            JsonNode body = JSON.readTree(event.substring(6));
            for (JsonNode choice : body.path("choices")) {
                text.append(choice.path("text").asText());
                reason = choice.path("finish_reason").asText("");
            }
            usage += body.path("usage").path("completion_tokens").asInt();
        }
        assertEquals("Once upon a time…", text.toString());
        assertEquals("length", reason);
        assertEquals(3, usage);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"tales\"} | 400 | prompt",
                "{\"prompt\":\"x\"} | 400 | model",
                "{\"model\":\"other\",\"prompt\":\"x\"} | 404 | ",
                "{\"model\":\"tales\",\"prompt\":\"x\",\"n\":2} | 400 | n",
                "{\"model\":\"tales\",\"prompt\":\"x\",\"logprobs\":3} | 400 | logprobs",
                "{\"model\":\"tales\",\"prompt\":\"x\",\"echo\":true} | 400 | echo",
                "{\"model\":\"tales\",\"prompt\":\"x\",\"best_of\":2} | 400 | best_of",
                "{\"model\":\"tales\",\"prompt\":\"x\",\"suffix\":\"y\"} | 400 | suffix",
                "{\"model\":\"tales\",\"prompt\":\"x\",\"frequency_penalty\":0.5} | 400 | frequency_penalty",
                "{\"model\":\"tales\",\"prompt\":\"x\",\"logit_bias\":{\"5\":1}} | 400 | logit_bias",
                "{\"model\":\"tales\",\"prompt\":\"x\",\"surprise\":1} | 400 | surprise",
                "{\"model\":\"tales\",\"prompt\":[\"x\",\"y\"]} | 400 | prompt",
                "{\"model\":\"tales\",\"prompt\":[1,2]} | 400 | prompt",
                "{\"model\":\"tales\",\"prompt\":\"\"} | 400 | prompt",
                "{\"model\":\"tales\",\"prompt\":\"x\",\"temperature\":3} | 400 | temperature",
                "{\"model\":\"tales\",\"prompt\":\"x\",\"temperature\":\"1\"} | 400 | temperature",
                "{\"model\":\"tales\",\"prompt\":\"x\",\"max_tokens\":0} | 400 | max_tokens",
                "{\"model\":\"tales\",\"prompt\":\"x\",\"max_tokens\":1.5} | 400 | max_tokens",
                "{\"model\":\"tales\",\"prompt\":\"x\",\"stop\":[\"a\",\"b\",\"c\",\"d\",\"e\"]} | 400 | stop",
                "{\"model\":\"tales\",\"prompt\":\"x\",\"stream\":\"yes\"} | 400 | stream",
                "{\"model\":\"tales\",\"prompt\":\"x\"} {} | 400 | ",
                "not json | 400 | ",
                "[] | 400 | ",
            })
    void refusesWithAnErrorObject(String body, int status, String param) throws Exception {
        HttpResponse<String> response = post("/v1/completions", body);
        assertEquals(status, response.statusCode(), response.body());
        JsonNode error = JSON.readTree(response.body()).path("error");
        assertFalse(error.path("message").asText().isEmpty());
        assertEquals("invalid_request_error", error.path("type").asText());
        assertEquals(param == null ? "null" : param, error.path("param").asText("null"));
    }

    @Test
    void unknownAddressesAreTold() throws Exception {
        assertEquals(404, get("/v1/other").statusCode());
    }

    @Test
    void chatsBecomePrompts() throws Exception {
        HttpResponse<String> response = post(
                "/v1/chat/completions",
                "{\"model\":\"tales\",\"messages\":[{\"role\":\"user\",\"content\":\"hi <end>\"}],\"seed\":5}");
        assertEquals(200, response.statusCode(), response.body());
        JsonNode body = JSON.readTree(response.body());
        assertEquals("chat.completion", body.path("object").asText());
        JsonNode message = body.path("choices").get(0).path("message");
        assertEquals("assistant", message.path("role").asText());
        assertEquals("Once upon a time…", message.path("content").asText());
        TextRequest asked = fake.requests.getFirst();
        assertEquals("<user>" + ChatTemplates.mark("hi <end>") + "<end><assistant>", asked.prompt());
        assertEquals(512, asked.maxTokens());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"tales\"} | messages",
                "{\"model\":\"tales\",\"messages\":[]} | messages",
                "{\"model\":\"tales\",\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]} | messages[0].role",
                "{\"model\":\"tales\",\"messages\":[{\"role\":\"user\"}]} | messages[0].content",
                "{\"model\":\"tales\",\"messages\":[{\"role\":\"user\",\"content\":\"rude\"}]} | messages",
                "{\"model\":\"tales\",\"prompt\":\"x\",\"messages\":[]} | prompt",
                "{\"model\":\"tales\",\"tools\":[1],\"messages\":[]} | tools",
            })
    void chatsThatCannotBeAreRefused(String body, String param) throws Exception {
        HttpResponse<String> response = post("/v1/chat/completions", body);
        assertEquals(400, response.statusCode(), response.body());
        assertEquals(
                param,
                JSON.readTree(response.body()).path("error").path("param").asText());
    }

    /** The official client, installed by src/test/js/install.sh. */
    @Test
    void openAisClientIsContent() throws Exception {
        Path scripts = Path.of("src/test/js/openai");
        JsPackages.require(scripts.resolve("node_modules"));
        Process process = new ProcessBuilder("node", "chat.mjs", uri("/v1").toString(), "tales")
                .directory(scripts.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        JsonNode got = JSON.readTree(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor());
        assertEquals(
                "Once upon a time…", got.at("/whole/choices/0/message/content").asText());
        assertEquals(5, got.at("/whole/usage/total_tokens").asInt());
        assertEquals("Once upon a time…", got.path("streamed").asText());
        assertEquals("assistant", got.path("role").asText());
        assertEquals("length", got.path("reason").asText());
        assertEquals(3, got.at("/usage/completion_tokens").asInt());
        assertEquals(400, got.at("/refused/status").asInt());
        assertEquals("n", got.at("/refused/param").asText());
        assertEquals(List.of("END"), fake.requests.getFirst().stops());
    }

    @Test
    void bodiesHaveALimit() throws Exception {
        String long1 = "x".repeat(GatewayConfig.MAX_BODY);
        HttpResponse<String> response = post("/v1/completions", "{\"model\":\"tales\",\"prompt\":\"" + long1 + "\"}");
        assertEquals(413, response.statusCode());
        assertEquals(
                "too_large",
                JSON.readTree(response.body()).path("error").path("code").asText());
        assertEquals(200, get("/v1/models").statusCode());
    }

    @Test
    void theKeyIsAskedFor() throws Exception {
        gateway.close();
        gateway = start(Optional.of("secret"), 2);
        assertEquals(401, get("/v1/models").statusCode());
        assertEquals(
                401,
                post("/v1/completions", "{}", "authorization", "Bearer wrong").statusCode());
        String body = "{\"model\":\"tales\",\"prompt\":\"hi\"}";
        assertEquals(
                200,
                post("/v1/completions", body, "authorization", "Bearer secret").statusCode());
    }

    @Test
    void moreThanTheSlotsAreTurnedAway() throws Exception {
        fake.hold = new CountDownLatch(1);
        String body = "{\"model\":\"tales\",\"prompt\":\"hi\"}";
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> post("/v1/completions", body));
            var second = threads.submit(() -> post("/v1/completions", body));
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (started() < 2 && System.nanoTime() < until) {
                Thread.sleep(5);
            }
            assertEquals(429, post("/v1/completions", body).statusCode());
            fake.hold.countDown();
            assertEquals(200, first.get().statusCode());
            assertEquals(200, second.get().statusCode());
        }
        assertEquals(200, post("/v1/completions", body).statusCode());
    }

    private int started() {
        synchronized (fake.requests) {
            return fake.requests.size();
        }
    }

    @Test
    void failuresBeforeAndWithinAStreamAreTold() throws Exception {
        fake.failure = new JobException(JobException.Kind.NO_OFFERS, "nobody is there");
        String body = "{\"model\":\"tales\",\"prompt\":\"hi\",\"stream\":true}";
        HttpResponse<String> before = post("/v1/completions", body);
        assertEquals(503, before.statusCode());
        assertEquals(
                "nobody is there",
                JSON.readTree(before.body()).path("error").path("message").asText());
        fake.failAfter = 2;
        HttpResponse<String> within = post("/v1/completions", body);
        assertEquals(200, within.statusCode());
        assertTrue(within.body().contains("upon "), within.body());
        assertTrue(within.body().contains("nobody is there"), within.body());
        assertFalse(within.body().contains("[DONE]"), within.body());
        fake.failAfter = 0;
        fake.failure = new JobException(JobException.Kind.FUNDS, "no money");
        HttpResponse<String> poor = post("/v1/completions", "{\"model\":\"tales\",\"prompt\":\"hi\"}");
        assertEquals(429, poor.statusCode());
        assertEquals(
                "insufficient_quota",
                JSON.readTree(poor.body()).path("error").path("code").asText());
    }
}
