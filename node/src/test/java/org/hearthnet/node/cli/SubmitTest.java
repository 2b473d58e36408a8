package org.hearthnet.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.node.app.NodeOptions;
import org.hearthnet.node.app.NodeRuntime;
import org.hearthnet.node.gateway.Gateway;
import org.hearthnet.node.gateway.GatewayConfig;
import org.hearthnet.node.gateway.LocalJobs;
import org.hearthnet.node.gateway.TextCompleter;
import org.hearthnet.node.local.KeyFile;
import org.hearthnet.node.pipeline.TestKeys;
import org.hearthnet.node.pipeline.TestModel;
import org.hearthnet.node.pipeline.client.JobTimes;
import org.hearthnet.node.pipeline.ledger.NodeJobs;
import org.hearthnet.node.pipeline.stage.ExecutorTerms;
import org.hearthnet.node.pipeline.stage.StageTimes;
import org.hearthnet.node.pipeline.store.JobStore;
import org.hearthnet.node.pipeline.text.TextJobs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: chain, faucet, escrow, pipeline of two nodes, command and gateway. */
class SubmitTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROMPT = "The old woman said";
    private static final int LENGTH = 20;

    @TempDir
    private Path directory;

    private final List<NodeRuntime> nodes = new ArrayList<>();
    private Path genesis;

    @BeforeEach
    void start() throws Exception {
        KeyPair first = TestKeys.key(1);
        KeyPair second = TestKeys.key(2);
        var parameters = new Parameters(
                100,
                8,
                20,
                20,
                24,
                66,
                66,
                1,
                Amount.credits(20),
                3,
                50,
                20,
                800,
                100,
                300,
                1,
                Amount.credits(100),
                Amount.credits(1_000_000),
                1000,
                Amount.of(100));
        var allocations = List.of(
                new ChainSpec.Allocation(first.id(), "first", Amount.credits(5), Amount.credits(50), 10),
                new ChainSpec.Allocation(second.id(), "second", Amount.credits(5), Amount.credits(50), 10),
                new ChainSpec.Allocation(TestKeys.key(9).id(), "faucet", Amount.credits(1000), Amount.ZERO, 0));
        ChainSpec spec = new ChainSpec(
                "submit-test",
                true,
                System.currentTimeMillis(),
                Committee.single(first),
                parameters,
                allocations,
                List.of(TestModel.MANIFEST));
        genesis = directory.resolve("genesis.json");
        SpecJson.write(genesis, spec);
        executor("first", first, List.of());
        executor("second", second, List.of(nodes.getFirst().addresses().getFirst()));
    }

    private void executor(String name, KeyPair key, List<String> bootstrap) throws Exception {
        Path data = directory.resolve(name);
        KeyFile.create(data, key);
        NodeRuntime node = NodeRuntime.open(NodeOptions.local(data, genesis).withBootstrap(bootstrap));
        nodes.add(node);
        NodeJobs jobs = jobs(node);
        var stages = jobs.execute(
                TestModel.engine(new LayerSpan(0, 6)),
                JobStore.open(node.directory().jobs(), 1 << 28),
                new ExecutorTerms(10, 4, 4096),
                StageTimes.DEFAULT,
                node::addresses,
                line -> {});
        node.onClose(stages);
    }

    private static NodeJobs jobs(NodeRuntime node) {
        NodeJobs jobs = new NodeJobs(
                node.host(),
                node.pubsub(),
                node.key(),
                node.chain(),
                node.directory().jobs(),
                JobTimes.DEFAULT);
        node.onClose(jobs);
        return jobs;
    }

    @AfterEach
    void stop() {
        nodes.reversed().forEach(NodeRuntime::close);
    }

    private String[] submit(Path data, String... more) {
        List<String> out = new ArrayList<>(List.of(
                "submit",
                PROMPT,
                "--json",
                "--data",
                data.toString(),
                "--genesis",
                genesis.toString(),
                "--bootstrap",
                nodes.getFirst().addresses().getFirst(),
                "--seed",
                "4",
                "--max-tokens",
                String.valueOf(LENGTH)));
        out.addAll(List.of(more));
        return out.toArray(String[]::new);
    }

    private static JsonNode run(String... arguments) throws Exception {
        CommandRun run = CommandRun.of(arguments);
        assertEquals(ExitCode.DONE, run.code(), run.errors());
        return run.document();
    }

    private static String local() {
        int[] prompt = TextJobs.encode(TestModel.TOKENIZER, PROMPT);
        return TestModel.local(prompt, new SamplerSettings(0.8f, 0, 0.95f, 4), LENGTH)
                .text();
    }

    @Test
    void aNewcomerBuysAnAnswerOutOfTheFaucet() throws Exception {
        Path data = directory.resolve("client");
        KeyFile.create(data, TestKeys.key(3));
        JsonNode plan = run(submit(data, "--stages", "2", "--plan"));
        assertEquals(2, plan.path("stages").size());
        JsonNode job = run(submit(data, "--stages", "2"));
        assertEquals(local(), job.path("text").asText());
        assertEquals(2, job.path("stages").size());
        long paid = job.path("paid").asLong();
        assertTrue(paid > 0 && paid <= job.path("promised").asLong());
        long fees = 0;
        for (JsonNode stage : job.path("stages")) {
            fees += stage.path("fee").asLong();
            assertEquals(64, stage.path("receipt").asText().length());
        }
        assertEquals(paid, fees);
        Path report = data.resolve("jobs").resolve(job.path("id").asText() + ".json");
        assertEquals(
                paid, JSON.readTree(Files.readAllBytes(report)).path("paid").asLong());
    }

    @Test
    void aRunningNodeTakesTheJobAndSoDoesItsGateway() throws Exception {
        Path data = directory.resolve("gateway");
        KeyFile.create(data, TestKeys.key(4));
        NodeRuntime node = NodeRuntime.open(NodeOptions.local(data, genesis)
                .withBootstrap(List.of(nodes.getFirst().addresses().getFirst())));
        nodes.add(node);
        NodeJobs jobs = jobs(node);
        assertTrue(jobs.awaitSync(JobTimes.DEFAULT.escrow()));
        assertEquals(Optional.of(Amount.credits(100)), jobs.faucet(JobTimes.DEFAULT.escrow()));
        assertEquals(Optional.empty(), jobs.faucet(JobTimes.DEFAULT.escrow()));
        TextJobs texts = jobs.texts(TestModel.MANIFEST, TestModel.TOKENIZER);
        node.openLocally(List.of(new LocalJobs(texts)));
        assertEquals(local(), run(submit(data)).path("text").asText());
        assertEquals(1, run(submit(data, "--plan")).path("stages").size());
        assertEquals(ExitCode.UNAVAILABLE, HearthCommand.run(submit(data, "--max-price", "9")));
        assertEquals(ExitCode.USAGE, HearthCommand.run(submit(data, "--temperature", "50")));
        var config = new GatewayConfig("127.0.0.1", 0, Optional.empty(), 100, 2, 2);
        try (Gateway gateway = Gateway.start(config, new TextCompleter(texts, java.util.Optional.empty(), 1));
                HttpClient http = HttpClient.newHttpClient()) {
            String body = "{\"model\":\"hearth-tales\",\"prompt\":\"" + PROMPT + "\",\"max_tokens\":" + LENGTH
                    + ",\"temperature\":0.8,\"top_p\":0.95,\"seed\":4}";
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/v1/completions"))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            JsonNode answer = JSON.readTree(response.body());
            assertEquals(local(), answer.path("choices").path(0).path("text").asText(), response.body());
            assertEquals(2, answer.path("hearth").path("stages").size());
        }
    }
}
