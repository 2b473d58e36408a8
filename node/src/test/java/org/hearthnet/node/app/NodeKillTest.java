package org.hearthnet.node.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.ledger.audit.Audit;
import org.hearthnet.ledger.audit.AuditProgress;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.node.local.KeyFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real {@code hearth node} processes that are killed with SIGKILL at random moments. */
class NodeKillTest {
    @TempDir
    Path directory;

    private final KeyPair proposer = key(1);
    private final KeyPair other = key(2);
    private NodeProcesses processes = new NodeProcesses(Path.of(""));
    private ChainSpec spec;

    private static KeyPair key(int number) {
        return KeyPair.fromSeed(
                Hashing.in("node-kill-test").add(number).finish().toArray());
    }

    @BeforeEach
    void network() throws IOException {
        processes = new NodeProcesses(directory);
        KeyFile.create(directory.resolve("p"), proposer);
        KeyFile.create(directory.resolve("o"), other);
        var parameters = NetworkPreset.with(NetworkPreset.demo(), Map.of("blockIntervalMs", "20"));
        spec = new GenesisDraft("kill", true, Committee.single(proposer), parameters)
                .account("other", other.id(), Amount.credits(10))
                .faucet(Optional.empty())
                .build(1_700_000_000_000L);
        SpecJson.write(genesis(), spec);
    }

    @AfterEach
    void end() {
        processes.close();
    }

    private Path genesis() {
        return processes.genesis();
    }

    private Process start(String name, String... more) throws IOException {
        return processes.start(name, more);
    }

    @Test
    void a_killed_proposer_loses_nothing_and_shows_no_second_block_at_a_height() throws Exception {
        killProposer(3);
    }

    @Test
    @Tag("long")
    void a_proposer_that_is_killed_often() throws Exception {
        killProposer(25);
    }

    private void killProposer(int rounds) throws Exception {
        long seed = new Random().nextLong();
        System.out.println("NodeKillTest seed " + seed);
        Random random = new Random(seed);
        Map<Long, Hash32> shown = new HashMap<>();
        Process child = start("p");
        try (NodeRuntime watcher = NodeRuntime.open(NodeOptions.local(directory.resolve("o"), genesis())
                .withBootstrap(List.of(NodeProcesses.address(child))))) {
            watcher.chain().addListener((block, events) -> shown.put(block.height(), block.hash()));
            for (int round = 0; round < rounds; round++) {
                long before = watcher.chain().height();
                NodeProcesses.await(
                        "blocks of round " + round, () -> watcher.chain().height() > before + 5);
                watcher.chain().submit(new TransactionBody.Transfer(proposer.id(), Amount.of(2), Bytes.EMPTY));
                Thread.sleep(random.nextInt(300));
                NodeProcesses.kill(child);
                checkStore(watcher, seed);
                child = start("p", "--bootstrap", watcher.addresses().getFirst());
                NodeProcesses.address(child);
            }
            long before = watcher.chain().height();
            NodeProcesses.await("the chain goes on", () -> watcher.chain().height() > before + 5);
            NodeProcesses.kill(child);
            checkStore(watcher, seed);
            // The watcher never saw two blocks at one height: its own chain is what it was shown.
            shown.forEach((height, hash) -> assertEquals(
                    hash, watcher.chain().block(height).orElseThrow().hash()));
        }
        assertTrue(Audit.run(directory.resolve("p"), spec, AuditProgress.NONE).ok());
        assertTrue(Audit.run(directory.resolve("o"), spec, AuditProgress.NONE).ok());
    }

    /** What the watcher was shown is on the killed proposer's disk. */
    private void checkStore(NodeRuntime watcher, long seed) throws IOException {
        long height = watcher.chain().height();
        Path logs = Files.createTempDirectory(directory, "logs");
        try (RocksStore store = RocksStore.openReadOnly(directory.resolve("p"), spec.id(), logs)) {
            assertTrue(store.height() >= height, "lost blocks, seed " + seed);
            for (long h = 0; h <= height; h++) {
                assertEquals(
                        watcher.chain().block(h).orElseThrow().hash(),
                        store.block(h).orElseThrow().hash(),
                        "another block at " + h + ", seed " + seed);
            }
        }
    }

    @Test
    void a_killed_follower_keeps_what_it_had_and_catches_up() throws Exception {
        try (NodeRuntime p = NodeRuntime.open(NodeOptions.local(directory.resolve("p"), genesis()))) {
            String bootstrap = p.addresses().getFirst();
            long known = 0;
            for (int round = 0; round < 2; round++) {
                Process child = start("o", "--bootstrap", bootstrap);
                NodeProcesses.address(child);
                long target = p.chain().height() + 10;
                NodeProcesses.await(
                        "the follower is near",
                        () -> p.host().connections().stream()
                                .anyMatch(
                                        c -> p.chain().heightOf(c.remotePeer()).orElse(0L) >= target));
                NodeProcesses.kill(child);
                long height = storedHeight("o");
                assertTrue(height >= Math.max(known, target), "the follower had proved " + target);
                known = height;
            }
        }
        assertTrue(Audit.run(directory.resolve("o"), spec, AuditProgress.NONE).ok());
    }

    private long storedHeight(String name) throws IOException {
        Path logs = Files.createTempDirectory(directory, "logs");
        try (RocksStore store = RocksStore.openReadOnly(directory.resolve(name), spec.id(), logs)) {
            return store.height();
        }
    }
}
