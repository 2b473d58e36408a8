package org.hearthnet.node.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.node.local.LocalRoutes;
import org.hearthnet.node.pipeline.client.JobException;
import org.hearthnet.node.pipeline.text.TextJobs;
import org.hearthnet.node.pipeline.text.TextListener;
import org.hearthnet.node.pipeline.text.TextOutcome;
import org.hearthnet.node.pipeline.text.TextRequest;

/**
 * Jobs over a node's local interface, for {@code hearth submit}: {@code POST /v0/jobs} with a {@link TextRequest} as JSON;
 * the answer is a line of JSON for each piece of text ({@code text}), remark ({@code note}), and one at the end with the
 * {@code report} or an {@code error}.
 */
public final class LocalJobs implements LocalRoutes {
    /** Path under {@code /v0/}. */
    public static final String PATH = "jobs";

    private static final int MAX_BODY = 1 << 20;
    private static final int CONCURRENT = 8;

    private final TextJobs jobs;
    private final ObjectMapper json =
            SpecJson.mapper().copy().disable(com.fasterxml.jackson.databind.SerializationFeature.INDENT_OUTPUT);
    private final Semaphore slots = new Semaphore(CONCURRENT);

    /** Routes to {@code jobs}. */
    public LocalJobs(TextJobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void add(HttpRouting.Builder routing) {
        routing.post("/v0/" + PATH, this::run);
        routing.post("/v0/" + PATH + "/plan", this::plan);
    }

    private void run(ServerRequest request, ServerResponse response) throws InterruptedException {
        TextRequest asked = read(request, response);
        if (asked == null) {
            return;
        }
        if (!slots.tryAcquire()) {
            fail(response, 429, CONCURRENT + " jobs are running already");
            return;
        }
        try (OutputStream out = response.header(HeaderNames.CONTENT_TYPE, "application/x-ndjson")
                .outputStream()) {
            Lines lines = new Lines(out);
            finish(asked, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("the caller is gone", e);
        } finally {
            slots.release();
        }
    }

    private void finish(TextRequest asked, Lines lines) throws InterruptedException {
        try {
            TextOutcome outcome = jobs.run(asked, lines);
            lines.write(Map.of("report", outcome.report()));
        } catch (JobException e) {
            lines.write(Map.of(
                    "error", String.valueOf(e.getMessage()), "kind", e.kind().name()));
        } catch (IllegalArgumentException | IOException e) {
            lines.write(Map.of("error", String.valueOf(e.getMessage()), "kind", "REQUEST"));
        }
    }

    private void plan(ServerRequest request, ServerResponse response) throws InterruptedException {
        TextRequest asked = read(request, response);
        if (asked == null) {
            return;
        }
        try {
            send(response, 200, jobs.plan(asked));
        } catch (JobException e) {
            fail(response, 503, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            fail(response, 400, String.valueOf(e.getMessage()));
        }
    }

    private @org.jspecify.annotations.Nullable TextRequest read(ServerRequest request, ServerResponse response) {
        try {
            byte[] body = request.content().inputStream().readNBytes(MAX_BODY + 1);
            if (body.length > MAX_BODY) {
                fail(response, 413, "the body is over the limit of " + MAX_BODY + " bytes");
                return null;
            }
            JsonNode tree = json.readTree(body);
            return json.treeToValue(tree, TextRequest.class);
        } catch (JsonProcessingException e) {
            fail(response, 400, "not a job: " + e.getOriginalMessage());
        } catch (IOException e) {
            fail(response, 400, "the body cannot be read");
        }
        return null;
    }

    private void fail(ServerResponse response, int status, String why) {
        send(response, status, Map.of("error", why));
    }

    private void send(ServerResponse response, int status, Object body) {
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(encode(body));
    }

    private byte[] encode(Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that is no JSON", e);
        }
    }

    /** One document a line. */
    private final class Lines implements TextListener {
        private final OutputStream out;
        private volatile boolean gone;

        Lines(OutputStream out) {
            this.out = out;
        }

        @Override
        public void text(String piece) {
            write(Map.of("text", piece));
        }

        @Override
        public void note(String line) {
            write(Map.of("note", line));
        }

        @Override
        public boolean cancelled() {
            return gone;
        }

        void write(Map<String, ?> document) {
            if (gone) {
                return;
            }
            try {
                out.write(encode(document));
                out.write('\n');
                out.flush();
            } catch (IOException | UncheckedIOException e) {
                gone = true;
            }
        }
    }
}
