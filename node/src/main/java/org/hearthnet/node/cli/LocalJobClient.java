package org.hearthnet.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.node.gateway.LocalJobs;
import org.hearthnet.node.local.RunningNode;
import org.hearthnet.node.pipeline.client.JobException;
import org.hearthnet.node.pipeline.plan.Plan;
import org.hearthnet.node.pipeline.text.JobReport;
import org.hearthnet.node.pipeline.text.TextListener;
import org.hearthnet.node.pipeline.text.TextRequest;

/** A command's side of {@link LocalJobs}. */
final class LocalJobClient {
    private final RunningNode node;

    LocalJobClient(RunningNode node) {
        this.node = node;
    }

    /** Runs a job in the node that is running. */
    JobReport run(TextRequest request, TextListener listener) throws IOException, JobException, InterruptedException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(post(LocalJobs.PATH, request), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode document = SpecJson.mapper().readTree(line);
                if (document.has("text")) {
                    listener.text(document.path("text").asText());
                } else if (document.has("note")) {
                    listener.note(document.path("note").asText());
                } else if (document.has("report")) {
                    return SpecJson.mapper().treeToValue(document.path("report"), JobReport.class);
                } else {
                    throw failure(document);
                }
            }
        }
        throw CommandException.unavailable("the node in this directory stopped in the middle of the job");
    }

    private static JobException failure(JsonNode document) {
        String message = document.path("error").asText("the node gave no reason");
        for (JobException.Kind kind : JobException.Kind.values()) {
            if (kind.name().equals(document.path("kind").asText())) {
                return new JobException(kind, message);
            }
        }
        throw CommandException.usage(message);
    }

    /** What it would buy. */
    Plan plan(TextRequest request) throws IOException, InterruptedException {
        try (InputStream in = post(LocalJobs.PATH + "/plan", request)) {
            return SpecJson.mapper().readValue(in, Plan.class);
        }
    }

    private InputStream post(String path, TextRequest request) throws IOException, InterruptedException {
        HttpRequest http = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.apiPort() + "/v0/" + path))
                .header("Authorization", "Bearer " + node.token())
                .POST(HttpRequest.BodyPublishers.ofByteArray(SpecJson.mapper().writeValueAsBytes(request)))
                .build();
        HttpResponse<InputStream> response =
                HttpClient.newHttpClient().send(http, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() == 200) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            if (response.statusCode() == 404) {
                throw CommandException.unavailable(
                        "the node that runs in this directory takes no jobs. Use the directory"
                                + " of a gateway, or one in which no node runs.");
            }
            throw CommandException.unavailable(
                    SpecJson.mapper().readTree(body).path("error").asText("status " + response.statusCode()));
        }
    }
}
