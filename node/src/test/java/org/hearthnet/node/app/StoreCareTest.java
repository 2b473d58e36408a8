package org.hearthnet.node.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.ledger.audit.Audit;
import org.hearthnet.ledger.audit.AuditProgress;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.store.SpaceGuard;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.node.cli.HearthCommand;
import org.hearthnet.node.local.KeyFile;
import org.hearthnet.node.local.LocalException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup, restore and export through the commands, and a node whose disk fills up. */
class StoreCareTest {
    @TempDir
    Path directory;

    private final KeyPair proposer =
            KeyPair.fromSeed(Hashing.in("store-care-test").finish().toArray());
    private ChainSpec spec;

    @BeforeEach
    void network() throws IOException {
        KeyFile.create(at("node"), proposer);
        var parameters = NetworkPreset.with(NetworkPreset.demo(), Map.of("blockIntervalMs", "20"));
        spec = new GenesisDraft("care", true, Committee.single(proposer), parameters)
                .account("rich", proposer.id(), Amount.credits(10))
                .faucet(Optional.empty())
                .build(1_700_000_000_000L);
        SpecJson.write(at("genesis.json"), spec);
    }

    private Path at(String name) {
        return directory.resolve(name);
    }

    private NodeOptions options() {
        return NodeOptions.local(at("node"), at("genesis.json"));
    }

    private static int run(Object... arguments) {
        List<String> text = new ArrayList<>();
        for (Object a : arguments) {
            text.add(a.toString());
        }
        return HearthCommand.run(text.toArray(new String[0]));
    }

    private long audited(Path node) {
        var report = Audit.run(node, spec, AuditProgress.NONE);
        assertTrue(report.ok(), report.errors().toString());
        return report.height();
    }

    private static void grow(NodeRuntime node) throws InterruptedException {
        var pay = new TransactionBody.Transfer(KeyPair.fromSeed(new byte[32]).id(), Amount.credits(1), Bytes.EMPTY);
        for (int i = 0; i < 3; i++) {
            node.chain().submitAndAwait(pay, Duration.ofSeconds(30));
        }
    }

    @Test
    void aRunningNodeIsBackedUpAndComesBack() throws Exception {
        long height;
        try (NodeRuntime node = NodeRuntime.open(options())) {
            node.openLocally(List.of());
            grow(node);
            height = node.chain().height();
            assertEquals(0, run("ledger", "backup", "--data", at("node"), "--to", at("live")));
            assertEquals(0, run("ledger", "export", "--data", at("node"), "--out", at("live.jsonl"), "--to", height));
            grow(node);
            assertEquals(3, run("ledger", "backup", "--data", at("node"), "--to", at("live")), "never over another");
            assertFalse(
                    Files.exists(at("node/checkpoints"))
                            && at("node/checkpoints").toFile().list().length > 0,
                    "checkpoints are deleted");
            assertEquals(3, run("ledger", "restore", "--from", at("live"), "--data", at("node")), "while it runs");
        }
        assertTrue(audited(at("live")) >= height);
        assertFalse(Files.exists(at("live/node.key")) || Files.exists(at("live/key")), "keys are not copied");
        assertEquals(2, run("ledger", "restore", "--from", at("live"), "--data", at("node")), "there is a ledger");
        assertEquals(0, run("ledger", "restore", "--from", at("live"), "--data", at("back")));
        assertEquals(audited(at("live")), audited(at("back")));

        assertEquals(0, run("ledger", "backup", "--data", at("node"), "--to", at("stopped")));
        assertEquals(audited(at("node")), audited(at("stopped")));
        assertEquals(0, run("audit", "--data", at("stopped")));
        assertEquals(0, run("ledger", "export", "--data", at("node"), "--out", at("cold.jsonl"), "--to", height));
        assertEquals(Files.readString(at("live.jsonl")), Files.readString(at("cold.jsonl")), "same blocks, same bytes");
        restoredNodeGoesOn();
    }

    private void restoredNodeGoesOn() throws Exception {
        Files.walk(at("node/ledger"))
                .sorted(java.util.Comparator.reverseOrder())
                .forEach(p -> p.toFile().delete());
        Files.delete(at("node/ledger.seal"));
        assertEquals(0, run("ledger", "restore", "--from", at("stopped"), "--data", at("node")));
        long before = audited(at("node"));
        try (NodeRuntime node = NodeRuntime.open(options())) {
            grow(node);
        }
        assertTrue(audited(at("node")) > before);
    }

    @Test
    void anExportHasTheDocumentedForm() throws Exception {
        try (NodeRuntime node = NodeRuntime.open(options())) {
            grow(node);
        }
        Path file = at("out.jsonl");
        assertEquals(0, run("ledger", "export", "--data", at("node"), "--out", file));
        List<String> lines = Files.readAllLines(file);
        ObjectMapper mapper = new ObjectMapper();
        String parent = "";
        int transfers = 0;
        int nonce = 0;
        for (int h = 0; h < lines.size(); h++) {
            JsonNode block = mapper.readTree(lines.get(h));
            assertEquals(h, block.path("height").asLong());
            assertEquals(h, block.at("/header/height").asLong());
            if (h > 0) {
                assertEquals(parent, block.at("/header/parent").asText());
            }
            parent = block.path("hash").asText();
            for (JsonNode t : block.path("transactions")) {
                assertEquals(64, t.path("id").asText().length());
                assertEquals(proposer.id().toHex(), t.path("sender").asText());
                assertEquals(nonce++, t.path("nonce").asLong());
                assertEquals(64, t.at("/signature/s").asText().length());
                // A member registers the keys of later epochs too.
                if (!t.at("/body/type").asText().equals("RegisterSeatKeys")) {
                    assertEquals("Transfer", t.at("/body/type").asText());
                    assertEquals(1_000_000, t.at("/body/amount").asLong());
                    transfers++;
                }
            }
        }
        assertEquals(3, transfers);
        assertEquals(0, run("ledger", "export", "--data", at("node"), "--out", file, "--from", 1, "--to", 2));
        assertEquals(lines.subList(1, 3), Files.readAllLines(file));
        assertEquals(2, run("ledger", "export", "--data", at("node"), "--out", file, "--to", lines.size()));
        assertEquals(2, run("ledger", "export", "--data", at("node"), "--out", file, "--from", 3, "--to", 2));
        assertEquals(lines.subList(1, 3), Files.readAllLines(file), "a refused export leaves the file alone");
        assertEquals(3, run("ledger", "export", "--data", at("nothing"), "--out", file));
    }

    @Test
    void aNodeStopsBeforeItsDiskIsFull() throws Exception {
        long[] free = {1L << 40};
        long height;
        try (NodeRuntime node = NodeRuntime.open(options(), path -> new SpaceGuard(path, () -> free[0], 128L << 20))) {
            grow(node);
            free[0] = 1 << 20;
            StoreException failure = node.storeFailure().get(30, TimeUnit.SECONDS);
            assertEquals(StoreException.Reason.DISK_FULL, failure.reason());
            height = node.chain().height();
            assertTrue(height >= 3);
        }
        assertEquals(height, audited(at("node")));
    }

    /** As a person meets it: the command ends with 3 and says what to do. */
    @Test
    void theCommandEndsWithThree() {
        System.setProperty(SpaceGuard.PROPERTY, String.valueOf(1L << 40));
        try {
            LocalException e = assertThrows(LocalException.class, () -> NodeRuntime.open(options()));
            assertTrue(String.valueOf(e.getMessage()).contains("MiB left"), e.getMessage());
            assertEquals(3, run("node", "--data", at("node"), "--genesis", at("genesis.json")));
        } finally {
            System.clearProperty(SpaceGuard.PROPERTY);
        }
    }
}
