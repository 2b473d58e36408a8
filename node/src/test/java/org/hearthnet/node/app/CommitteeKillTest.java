package org.hearthnet.node.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
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

/**
 * A committee of four real processes under load, any number of which is killed with SIGKILL at random instants: no final
 * block is lost, nobody votes twice, all stores agree.
 */
class CommitteeKillTest {
    private static final int MEMBERS = 4;

    @TempDir
    Path directory;

    private final KeyPair watcherKey = key(99);
    private final List<KeyPair> keys =
            IntStream.range(0, MEMBERS).mapToObj(CommitteeKillTest::key).toList();
    private final Map<Integer, Process> running = new HashMap<>();
    private final Map<Long, Hash32> shown = new ConcurrentHashMap<>();
    private NodeProcesses processes = new NodeProcesses(Path.of(""));
    private ChainSpec spec;

    private static KeyPair key(int number) {
        return KeyPair.fromSeed(
                Hashing.in("committee-kill-test").add(number).finish().toArray());
    }

    private static String name(int member) {
        return "member" + member;
    }

    @BeforeEach
    void network() throws IOException {
        processes = new NodeProcesses(directory);
        var parameters = NetworkPreset.with(NetworkPreset.demo(), Map.of("blockIntervalMs", "50"));
        GenesisDraft draft = new GenesisDraft("kill", true, Committee.ofEquals(keys), parameters)
                .account("watcher", watcherKey.id(), Amount.credits(10));
        for (int i = 0; i < MEMBERS; i++) {
            KeyFile.create(directory.resolve(name(i)), keys.get(i));
            draft.veteran(name(i), keys.get(i).id(), java.util.Optional.empty(), java.util.Optional.empty());
        }
        KeyFile.create(directory.resolve("watcher"), watcherKey);
        spec = draft.faucet(java.util.Optional.empty()).build(1_700_000_000_000L);
        SpecJson.write(processes.genesis(), spec);
    }

    @AfterEach
    void end() {
        processes.close();
    }

    @Test
    void members_are_killed_at_random_instants() throws Exception {
        rounds(10);
    }

    @Test
    @Tag("long")
    void members_are_killed_two_hundred_times() throws Exception {
        rounds(200);
    }

    private void rounds(int rounds) throws Exception {
        long seed = new Random().nextLong();
        System.out.println("CommitteeKillTest seed " + seed);
        Random random = new Random(seed);
        try (NodeRuntime watcher =
                NodeRuntime.open(NodeOptions.local(directory.resolve("watcher"), processes.genesis()))) {
            watcher.chain().addListener((block, events) -> shown.put(block.height(), block.hash()));
            String hub = watcher.addresses().getFirst();
            startMissing(hub);
            for (int round = 0; round < rounds; round++) {
                goesOn(watcher, "round " + round + ", seed " + seed);
                for (int i = 0; i < 5; i++) {
                    watcher.chain()
                            .submit(new TransactionBody.Transfer(keys.getFirst().id(), Amount.of(2), Bytes.EMPTY));
                }
                Thread.sleep(random.nextInt(200));
                for (int victim : victims(random)) {
                    NodeProcesses.kill(java.util.Objects.requireNonNull(running.remove(victim)));
                }
                Thread.sleep(random.nextInt(100));
                startMissing(hub);
            }
            goesOn(watcher, "the end, seed " + seed);
            for (Process child : running.values()) {
                NodeProcesses.kill(child);
            }
            assertTrue(watcher.chain().read(v -> v.convictions(10)).isEmpty(), "nobody voted twice, seed " + seed);
            for (int i = 0; i < MEMBERS; i++) {
                compare(watcher, i, seed);
            }
        }
        for (int i = 0; i < MEMBERS; i++) {
            var report = Audit.run(directory.resolve(name(i)), spec, AuditProgress.NONE);
            assertTrue(report.ok(), () -> report.errors() + ", seed " + seed);
        }
    }

    /** Mostly one, which three go on without; now and then two, or all, which nobody can go on without. */
    private static List<Integer> victims(Random random) {
        List<Integer> all = new ArrayList<>(IntStream.range(0, MEMBERS).boxed().toList());
        java.util.Collections.shuffle(all, random);
        int count = random.nextInt(10) < 6 ? 1 : random.nextInt(2) == 0 ? 2 : MEMBERS;
        return all.subList(0, count);
    }

    private void startMissing(String hub) throws IOException {
        for (int i = 0; i < MEMBERS; i++) {
            if (!running.containsKey(i)) {
                running.put(i, processes.start(name(i), "--bootstrap", hub));
            }
        }
    }

    private static void goesOn(NodeRuntime watcher, String when) throws Exception {
        long before = watcher.chain().height();
        NodeProcesses.await("blocks at " + when, () -> watcher.chain().height() > before + 3);
    }

    /** A member's store has the blocks that the watcher was shown, as far as it goes. */
    private void compare(NodeRuntime watcher, int member, long seed) throws IOException {
        Path logs = Files.createTempDirectory(directory, "logs");
        try (RocksStore store = RocksStore.openReadOnly(directory.resolve(name(member)), spec.id(), logs)) {
            long height = Math.min(store.height(), watcher.chain().height());
            assertTrue(height > 0);
            for (long h = 1; h <= height; h++) {
                Hash32 hash = watcher.chain().block(h).orElseThrow().hash();
                assertEquals(hash, shown.get(h), "the watcher's own chain changed at " + h);
                assertEquals(hash, store.block(h).orElseThrow().hash(), "block " + h + ", seed " + seed);
            }
        }
    }
}
