package org.hearthnet.ledger.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.RandomNetwork;
import org.hearthnet.ledger.TestStore;
import org.hearthnet.ledger.audit.Audit;
import org.hearthnet.ledger.audit.AuditProgress;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.store.StoreException.Reason;
import org.hearthnet.ledger.store.StoreLayout;
import org.hearthnet.ledger.tree.Retention;
import org.hearthnet.ledger.tree.StateTree;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Env;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileManager;
import org.rocksdb.util.Environment;

/**
 * Writes that really fail: RocksDB's own limit of space, the system's limit of a file's size in a process of its own, and a
 * directory without the right to write. What is not driven here is a full partition, which needs a mount.
 */
class DiskFullTest {
    private static final Hash32 NETWORK = RandomNetwork.spec().id();

    @TempDir
    Path node = Path.of("");

    /** Blocks until a write fails. */
    private static StoreException growUntilItFails(RocksStore store, int most) {
        RandomNetwork network = new RandomNetwork(8, store);
        return assertThrows(StoreException.class, () -> {
            for (int i = 0; i < most; i++) {
                network.step();
            }
        });
    }

    private void allBlocksAreThere(long height) {
        try (Chain chain = Chain.open(TestStore.rules(), RocksStore.open(node, NETWORK))) {
            assertEquals(height, chain.height());
            for (long h = 0; h <= height; h++) {
                assertTrue(chain.store().block(h).isPresent());
            }
        }
        var report = Audit.run(node, TestStore.rules(), AuditProgress.NONE);
        assertTrue(report.ok(), report.errors().toString());
    }

    @Test
    void rocksdbWithoutSpaceSaysDiskFullAndLosesNothing() throws RocksDBException {
        try (SstFileManager space = new SstFileManager(Env.getDefault())) {
            space.setMaxAllowedSpaceUsage(60_000);
            Settings[] used = new Settings[1];
            RocksStore store = RocksStore.open(node, NETWORK, Retention.DEFAULT, () -> {
                used[0] = Settings.forWriting();
                used[0].options().setSstFileManager(space);
                used[0].options().setMaxTotalWalSize(40_000); // has tables written early
                return used[0];
            });
            StoreException e = growUntilItFails(store, 3_000);
            assertEquals(Reason.DISK_FULL, e.reason(), e.getMessage());
            long height = store.height();
            assertTrue(height > 0);
            StateDelta nothing = new StateDelta(new TreeMap<>(StateReader.KEY_ORDER));
            assertEquals(
                    Reason.READ_ONLY,
                    assertThrows(
                                    StoreException.class,
                                    () -> store.append(
                                            store.sealed(height).orElseThrow(),
                                            nothing,
                                            StateTree.empty().update(height + 1, nothing.changes())))
                            .reason());
            store.close();
            assertFalse(Files.exists(new StoreLayout(node).seal()), "no seal: it was not closed in good order");
            allBlocksAreThere(height);
        }
    }

    /** The child's part: stores blocks and says each height, until it cannot. */
    public static void main(String[] arguments) {
        RocksStore store = RocksStore.open(Path.of(arguments[0]), NETWORK);
        RandomNetwork network = new RandomNetwork(8, store);
        try {
            while (true) {
                network.step();
                System.out.println("stored " + store.height());
            }
        } catch (StoreException e) {
            System.out.println("failed " + e.reason() + " " + e.getMessage());
            System.out.flush();
            Runtime.getRuntime().halt(3);
        }
    }

    /** RocksDB's library as a file: the child may not unpack it, since it is far over the limit. */
    private Path library() throws IOException {
        Path to = Files.createDirectories(node.resolve("library"));
        String name = Environment.getJniLibraryFileName("rocksdb");
        try (InputStream in =
                Objects.requireNonNull(RocksDB.class.getClassLoader().getResourceAsStream(name), name)) {
            Files.copy(in, to.resolve(Environment.getSharedLibraryFileName("rocksdb")));
        }
        return to;
    }

    @Test
    void aWriteThatTheSystemRefusesLosesNothing() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
        Process child = new ProcessBuilder(List.of(
                        "/bin/sh",
                        "-c",
                        "ulimit -f 600; exec \"$@\"", // blocks of 512 bytes: no file over 300 KiB
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.library.path=" + library(),
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DiskFullTest.class.getName(),
                        node.toString()))
                .redirectErrorStream(true)
                .start();
        List<String> lines;
        try (var out = child.inputReader(StandardCharsets.UTF_8)) {
            lines = out.lines().toList();
        }
        assertTrue(child.waitFor(60, TimeUnit.SECONDS));
        String last = lines.getLast();
        assertTrue(last.startsWith("failed IO"), String.join("\n", lines));
        assertEquals(3, child.exitValue());
        long height = lines.stream().filter(l -> l.startsWith("stored ")).count();
        assertTrue(height > 10, lines.toString());
        allBlocksAreThere(height);
    }

    @Test
    void aDirectoryWithoutTheRightToWriteIsReadOnly() throws IOException {
        TestStore.grown(node, 1, 2).close();
        Path database = new StoreLayout(node).database();
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            Assumptions.assumeFalse(Files.isWritable(database), "this user may write everywhere");
            StoreException e = assertThrows(StoreException.class, () -> RocksStore.open(node, NETWORK));
            assertEquals(Reason.READ_ONLY, e.reason(), e.getMessage());
        } finally {
            Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        allBlocksAreThere(2);
    }
}
