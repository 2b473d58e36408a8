package org.hearthnet.ledger.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.RandomNetwork;
import org.hearthnet.ledger.TestNetwork;
import org.hearthnet.ledger.TestStore;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.ledger.store.StoreLayout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit finds every altered byte and changes none. */
class AuditTest {
    @TempDir
    Path directory = Path.of("");

    private final Random random = seeded();

    private static Random seeded() {
        long seed = Long.getLong("hearth.seed", System.nanoTime());
        System.out.println("AuditTest: -Dhearth.seed=" + seed);
        return new Random(seed);
    }

    private static AuditReport audit(Path node) {
        return Audit.run(node, TestStore.rules(), AuditProgress.NONE);
    }

    /** A store that was closed and opened a few times, so that it has tables, logs and old logs. */
    private Path closed() {
        Path node = directory.resolve("node");
        Hash32 network = RandomNetwork.spec().id();
        TestStore.grown(node, 11, 60).close();
        for (int i = 0; i < 2; i++) {
            try (RocksStore store = RocksStore.open(node, network)) {
                TestNetwork more = TestNetwork.on(RandomNetwork.spec(), store);
                more.blocksTo(store.height() + 3);
            }
        }
        return node;
    }

    /** A copy of a store in use, which has most of its blocks in the write-ahead log. */
    private Path crashed() throws IOException {
        Path node = directory.resolve("live");
        Path copy = directory.resolve("crashed");
        TestStore.grown(node, 12, 30).close();
        try (RocksStore store = RocksStore.open(node, RandomNetwork.spec().id())) {
            TestNetwork more = TestNetwork.on(RandomNetwork.spec(), store);
            more.blocksTo(45);
            TestStore.copy(node, copy);
        }
        return copy;
    }

    private static Map<Path, List<Object>> fingerprint(Path node) throws IOException {
        Map<Path, List<Object>> out = new TreeMap<>();
        for (Path file : TestStore.files(node)) {
            out.put(
                    file,
                    List.of(
                            Files.size(file),
                            Files.getLastModifiedTime(file),
                            java.util.HexFormat.of()
                                    .formatHex(org.hearthnet.genesis.crypto.Hashing.sha256()
                                            .digest(Files.readAllBytes(file)))));
        }
        return out;
    }

    @Test
    void aGoodStorePassesAndIsNotTouched() throws IOException {
        for (Path node : List.of(closed(), crashed())) {
            Map<Path, List<Object>> before = fingerprint(node);
            List<String> steps = new ArrayList<>();
            AuditReport report = Audit.run(node, TestStore.rules(), (step, done, total) -> steps.add(step));
            assertTrue(report.ok(), report.errors().toString());
            assertEquals(before, fingerprint(node));
            assertTrue(steps.contains("replay"));
            assertEquals(
                    report.supply().orElseThrow().held(),
                    report.supply()
                            .orElseThrow()
                            .minted()
                            .minus(report.supply().orElseThrow().burned()));
        }
    }

    @Test
    void theReportSaysWhatTheChainSays() {
        Path node = closed();
        AuditReport report = audit(node);
        assertTrue(report.sealed());
        try (RocksStore store = RocksStore.open(node, RandomNetwork.spec().id())) {
            assertEquals(store.height(), report.height());
            assertEquals(store.header(store.height()).orElseThrow().header().stateRoot(), report.stateRoot());
        }
    }

    private static void flip(Path file, long offset, int mask) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) offset] ^= (byte) mask;
        Files.write(file, bytes);
    }

    @Test
    void anyAlteredByteOfAClosedStoreIsFound() throws IOException {
        flipsAreFound(closed(), 8);
    }

    @Test
    @Tag("long")
    void anyAlteredByteOfAClosedStoreIsFoundOftener() throws IOException {
        flipsAreFound(closed(), 60);
    }

    private void flipsAreFound(Path node, int each) throws IOException {
        int kinds = 0;
        for (Path file : TestStore.files(node)) {
            long size = Files.size(file);
            kinds += size > 0 ? 1 : 0;
            for (int i = 0; i < each && size > 0; i++) {
                long offset = random.nextLong(size);
                int mask = 1 << random.nextInt(8);
                flip(file, offset, mask);
                AuditReport report = audit(node);
                flip(file, offset, mask);
                String what = file.getFileName() + " at " + offset;
                assertFalse(report.ok(), what);
                String where = report.errors().getFirst().where();
                assertTrue(where.contains(file.getFileName().toString()), what + ": " + where);
            }
        }
        assertTrue(kinds >= 6, "tables, manifest, CURRENT, OPTIONS, IDENTITY, LOG, seal: " + kinds);
        assertTrue(audit(node).ok());
    }

    @Test
    void missingExtraAndShortenedFilesAreFound() throws IOException {
        Path node = closed();
        Path extra = new StoreLayout(node).database().resolve("extra");
        Files.write(extra, new byte[1]);
        assertFound(audit(node), "extra");
        Files.delete(extra);
        for (Path file : TestStore.files(new StoreLayout(node).database())) {
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            assertFound(audit(node), file.getFileName().toString());
            if (bytes.length > 0) {
                Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
                assertFound(audit(node), file.getFileName().toString());
            }
            Files.write(file, bytes);
        }
        assertTrue(audit(node).ok());
    }

    private static void assertFound(AuditReport report, String file) {
        assertFalse(report.ok(), file);
        assertTrue(report.errors().getFirst().where().contains(file), report.errors() + " names not " + file);
    }

    @Test
    void anAlteredByteOfACrashedStoreIsFoundOrHarmless() throws IOException {
        flipsAreFoundOrHarmless(crashed(), 8);
    }

    @Test
    @Tag("long")
    void anAlteredByteOfACrashedStoreIsFoundOrHarmlessOftener() throws IOException {
        flipsAreFoundOrHarmless(crashed(), 60);
    }

    private void flipsAreFoundOrHarmless(Path node, int each) throws IOException {
        AuditReport good = audit(node);
        assertTrue(good.ok() && !good.sealed(), good.errors().toString());
        Map<String, int[]> found = new TreeMap<>();
        for (Path file : TestStore.files(node)) {
            long size = Files.size(file);
            for (int i = 0; i < each && size > 0; i++) {
                long offset = random.nextLong(size);
                int mask = 1 << random.nextInt(8);
                flip(file, offset, mask);
                AuditReport report = audit(node);
                flip(file, offset, mask);
                String name = file.getFileName().toString();
                int[] counts = found.computeIfAbsent(name, n -> new int[2]);
                counts[report.ok() ? 1 : 0]++;
                if (report.ok()) {
                    // Harmless: every block is there and the replay gives the same state.
                    assertEquals(good, report, name + " at " + offset);
                }
                boolean holdsLedger = name.endsWith(".log")
                        || name.endsWith(".sst")
                        || name.startsWith("MANIFEST-")
                        || name.equals("CURRENT");
                assertTrue(!holdsLedger || !report.ok(), name + " at " + offset + " of " + size);
            }
        }
        found.forEach((name, c) -> System.out.println(name + ": found " + c[0] + ", harmless " + c[1]));
        assertEquals(good, audit(node));
    }

    @Test
    void aTornLogIsNamed() throws IOException {
        Path node = crashed();
        Path log = TestStore.files(node).stream()
                .filter(f -> f.toString().endsWith(".log"))
                .max(java.util.Comparator.comparing(f -> f.toFile().length()))
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(log);
        for (int cut : new int[] {1, 5, 100, 1000}) {
            Files.write(log, java.util.Arrays.copyOf(bytes, bytes.length - cut));
            AuditReport report = audit(node);
            assertFalse(report.ok());
            assertTrue(report.errors().getFirst().where().startsWith(log.getFileName() + " at offset "));
        }
    }

    @Test
    void whatIsNoLedgerIsAnError() throws IOException {
        assertFalse(audit(directory.resolve("nothing")).ok());
        Path empty = directory.resolve("empty");
        Files.createDirectories(new StoreLayout(empty).database());
        assertFalse(audit(empty).ok());
        Path other = directory.resolve("other");
        TestStore.grown(other, 1, 1).close();
        AuditReport report = Audit.run(other, TestNetwork.spec(TestNetwork.parameters()), AuditProgress.NONE);
        assertTrue(
                report.errors().getFirst().what().contains("network"),
                report.errors().toString());
    }
}
