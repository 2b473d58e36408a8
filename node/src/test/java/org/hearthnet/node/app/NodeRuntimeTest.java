package org.hearthnet.node.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.node.chain.TransactionOutcome;
import org.hearthnet.node.local.KeyFile;
import org.hearthnet.node.local.LedgerAccess;
import org.hearthnet.node.local.LocalClient;
import org.hearthnet.node.local.LocalException;
import org.hearthnet.node.local.RunningNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeRuntimeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final KeyPair proposer = key(1);
    private final KeyPair other = key(2);

    private static KeyPair key(int number) {
        return KeyPair.fromSeed(
                Hashing.in("node-runtime-test").add(number).finish().toArray());
    }

    @BeforeEach
    void network() throws IOException {
        KeyFile.create(directory.resolve("p"), proposer);
        KeyFile.create(directory.resolve("o"), other);
        SpecJson.write(genesis(), spec("runtime"));
    }

    private ChainSpec spec(String name) {
        var parameters = NetworkPreset.with(NetworkPreset.demo(), Map.of("blockIntervalMs", "50"));
        return new GenesisDraft(name, true, Committee.single(proposer), parameters)
                .account("other", other.id(), Amount.credits(10))
                .faucet(Optional.empty())
                .build(1_700_000_000_000L);
    }

    private Path genesis() {
        return directory.resolve("genesis.json");
    }

    private NodeRuntime open(String name, String... bootstrap) throws IOException {
        NodeRuntime node = NodeRuntime.open(
                NodeOptions.local(directory.resolve(name), genesis()).withBootstrap(List.of(bootstrap)));
        node.openLocally(List.of());
        return node;
    }

    @Test
    void two_nodes_run_answer_commands_and_close_in_good_order() throws Exception {
        long height;
        try (NodeRuntime p = open("p");
                NodeRuntime o = open("o", p.addresses().getFirst())) {
            assertTrue(p.chain().hasSeat());
            var pay = new TransactionBody.Transfer(proposer.id(), Amount.credits(2), Bytes.EMPTY);
            var outcome = o.chain().submitAndAwait(pay, PATIENCE);
            height =
                    assertInstanceOf(TransactionOutcome.Included.class, outcome).height();
            commands(o);
        }
        assertTrue(Files.isRegularFile(directory.resolve("o/ledger.seal")));
        assertTrue(RunningNode.find(directory.resolve("o")).isEmpty());
        // Without a node the store answers the same questions, and is not changed by it.
        try (LedgerAccess ledger = LedgerAccess.open(directory.resolve("o"))) {
            assertFalse(ledger.isLive());
            assertTrue(ledger.get("ledger").orElseThrow().path("height").asLong() >= height);
            JsonNode block = ledger.get("block/" + height).orElseThrow();
            JsonNode inBlock = block.path("transactions").findParents("type").stream()
                    .filter(t -> t.path("type").asText().equals("Transfer"))
                    .findFirst()
                    .orElseThrow();
            JsonNode t = ledger.get("tx/" + inBlock.path("id").asText()).orElseThrow();
            assertEquals(2_000_000, t.at("/body/amount").asLong());
            assertTrue(ledger.get("block/1000000").isEmpty());
            assertThrows(LocalException.class, () -> ledger.get("duty/12"));
        }
        assertTrue(Files.isRegularFile(directory.resolve("o/ledger.seal")));
    }

    private void commands(NodeRuntime node) throws Exception {
        try (LocalClient client = LocalClient.require(directory.resolve("o"))) {
            assertEquals(1, client.get("peers").orElseThrow().size());
            assertTrue(client.get("status").orElseThrow().path("running").asBoolean());
            JsonNode account = client.get("account/other").orElseThrow();
            assertEquals(1, account.path("nextNonce").asLong());
            SignedTransaction claim = new Transaction(
                            other.id(), 1, 4_000, Amount.ZERO, new TransactionBody.FaucetClaim())
                    .sign(other, node.network());
            post(client, claim);
            JsonNode outcome = client.get("outcome/" + claim.id().toHex()).orElseThrow();
            assertEquals("included", outcome.path("state").asText());
            SignedTransaction tooMuch = new Transaction(
                            other.id(),
                            2,
                            4_000,
                            Amount.of(1_000),
                            new TransactionBody.Transfer(proposer.id(), Amount.credits(1_000_000), Bytes.EMPTY))
                    .sign(other, node.network());
            assertTrue(String.valueOf(assertThrows(LocalException.class, () -> post(client, tooMuch))
                            .getMessage())
                    .contains("credits"));
            assertThrows(LocalException.class, () -> client.post("transactions", Map.of("transaction", "zz")));
            assertTrue(client.get("nothing").isEmpty());
            withoutToken(client.node());
        }
    }

    private static void post(LocalClient client, SignedTransaction signed) throws IOException {
        client.post(
                "transactions", Map.of("transaction", Bytes.of(signed.encode()).toHex()));
    }

    private static void withoutToken(RunningNode node) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + node.apiPort() + "/v0/status");
            for (HttpRequest request : List.of(
                    HttpRequest.newBuilder(uri).build(),
                    HttpRequest.newBuilder(uri)
                            .header("Authorization", "Bearer " + node.token() + "0")
                            .build())) {
                assertEquals(
                        401,
                        http.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode());
            }
            HttpRequest large = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + node.apiPort() + "/v0/transactions"))
                    .header("Authorization", "Bearer " + node.token())
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[3_000_000]))
                    .build();
            assertTrue(isRefused(http, large));
        }
    }

    /** By an answer, or by a connection that ends while the body is still being sent. */
    private static boolean isRefused(HttpClient http, HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() >= 400;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void what_stands_in_the_way_is_said_in_a_sentence() throws IOException {
        try (NodeRuntime p = open("p")) {
            assertTrue(refusal("p", genesis()).contains("cannot be used"), "two nodes in one directory");
        }
        Path foreign = directory.resolve("foreign.json");
        SpecJson.write(foreign, spec("foreign"));
        assertTrue(refusal("p", foreign).contains("one network"));
        assertTrue(refusal("o", directory.resolve("none.json")).contains("there is no genesis file"));
        Files.createDirectories(directory.resolve("empty"));
        assertTrue(refusal("empty", genesis()).contains("hearth key new"));
        NodeOptions noPeer =
                NodeOptions.local(directory.resolve("o"), genesis()).withBootstrap(List.of("/ip4/127.0.0.1/tcp/4001"));
        assertTrue(String.valueOf(assertThrows(LocalException.class, () -> NodeRuntime.open(noPeer))
                        .getMessage())
                .contains("/p2p/"));
        var none = assertThrows(LocalException.class, () -> LocalClient.require(directory.resolve("o")));
        assertTrue(String.valueOf(none.getMessage()).contains("hearth node --data"));
    }

    private String refusal(String name, Path file) {
        NodeOptions options = NodeOptions.local(directory.resolve(name), file);
        return String.valueOf(assertThrows(LocalException.class, () -> NodeRuntime.open(options))
                .getMessage());
    }
}
