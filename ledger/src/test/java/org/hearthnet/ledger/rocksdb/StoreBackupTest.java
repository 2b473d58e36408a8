package org.hearthnet.ledger.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.RandomNetwork;
import org.hearthnet.ledger.TestStore;
import org.hearthnet.ledger.audit.Audit;
import org.hearthnet.ledger.audit.AuditProgress;
import org.hearthnet.ledger.audit.AuditReport;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.Seal;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.store.StoreException.Reason;
import org.hearthnet.ledger.store.StoreLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups are whole, independent and auditable, or they are not there. */
class StoreBackupTest {
    private static final Hash32 NETWORK = RandomNetwork.spec().id();

    @TempDir
    Path directory = Path.of("");

    private Path at(String name) {
        return directory.resolve(name);
    }

    private static void refused(org.junit.jupiter.api.function.Executable action, Reason reason) {
        StoreException e = assertThrows(StoreException.class, action);
        assertEquals(reason, e.reason(), e.getMessage());
    }

    private static AuditReport audited(Path node) {
        AuditReport report = Audit.run(node, TestStore.rules(), AuditProgress.NONE);
        assertTrue(report.ok(), report.errors().toString());
        assertTrue(report.sealed());
        return report;
    }

    private static long back(Path from, Path to) {
        return StoreBackup.ofStopped(from, NETWORK, to, (done, total) -> {});
    }

    private static long restore(Path from, Path to) {
        return StoreBackup.restore(from, to, (done, total) -> {});
    }

    @Test
    void aStoppedStoreComesBackAsItWas() throws IOException {
        TestStore.grown(at("node"), 5, 40).close();
        AtomicLong last = new AtomicLong();
        long bytes = StoreBackup.ofStopped(at("node"), NETWORK, at("backup"), (done, total) -> {
            assertTrue(done <= total && done >= last.get());
            last.set(done);
        });
        assertEquals(bytes, last.get());
        AuditReport original = audited(at("node"));
        assertEquals(original, audited(at("backup")));
        assertEquals(bytes, restore(at("backup"), at("restored")));
        assertEquals(original, audited(at("restored")));
        assertEquals(
                Seal.read(layout("node").seal()), Seal.read(layout("restored").seal()));
        try (Chain chain = Chain.open(TestStore.rules(), RocksStore.open(at("restored"), NETWORK))) {
            assertEquals(40, chain.height());
        }
    }

    private StoreLayout layout(String name) {
        return new StoreLayout(at(name));
    }

    @Test
    void aStoreInUseIsBackedUpAsOfABlock() throws IOException {
        RandomNetwork network;
        try (RocksStore store = RocksStore.open(at("node"), NETWORK)) {
            network = new RandomNetwork(6, store);
            for (int i = 0; i < 15; i++) {
                network.step();
            }
            assertEquals(15, store.checkpoint(at("checkpoint")));
            for (int i = 0; i < 5; i++) {
                network.step(); // goes on while the checkpoint is copied
            }
            StoreBackup.ofCheckpoint(at("checkpoint"), at("backup"), (done, total) -> {});
            refused(() -> back(at("node"), at("other")), Reason.LOCKED);
        }
        AuditReport report = audited(at("backup"));
        assertEquals(15, report.height());
        try (RocksStore node = RocksStore.open(at("node"), NETWORK)) {
            assertEquals(20, node.height());
            assertEquals(node.header(15).orElseThrow().header().stateRoot(), report.stateRoot());
        }
    }

    @Test
    void aBackupSharesNoBytesWithItsSource() throws IOException {
        try (RocksStore store = TestStore.grown(at("node"), 6, 10)) {
            store.checkpoint(at("checkpoint"));
            StoreBackup.ofCheckpoint(at("checkpoint"), at("backup"), (done, total) -> {});
        }
        for (Path file : TestStore.files(at("checkpoint"))) {
            byte[] bytes = Files.readAllBytes(file);
            java.util.Arrays.fill(bytes, (byte) 0);
            Files.write(file, bytes); // through a hard link this damages the node too, but never the backup
        }
        audited(at("backup"));
    }

    @Test
    void aStoreAfterACrashIsMendedFirst() throws IOException {
        try (RocksStore store = TestStore.grown(at("live"), 7, 12)) {
            assertEquals(12, store.height());
            TestStore.copy(at("live"), at("crashed"));
        }
        assertFalse(Files.exists(layout("crashed").seal()));
        back(at("crashed"), at("backup"));
        assertEquals(12, audited(at("backup")).height());
    }

    @Test
    void whatIsThereIsNeverOverwritten() throws IOException {
        TestStore.grown(at("node"), 5, 3).close();
        TestStore.grown(at("other"), 6, 2).close();
        back(at("node"), at("backup"));
        refused(() -> back(at("node"), at("backup")), Reason.READ_ONLY);
        refused(() -> restore(at("backup"), at("other")), Reason.READ_ONLY);
        Files.delete(layout("other").seal()); // as after a crash
        refused(() -> restore(at("backup"), at("other")), Reason.READ_ONLY);
        Files.createDirectories(layout("half").database());
        Files.write(layout("half").database().resolve("x"), new byte[1]);
        refused(() -> restore(at("backup"), at("half")), Reason.READ_ONLY);
        audited(at("backup"));
        try (RocksStore other = RocksStore.open(at("other"), NETWORK)) {
            assertEquals(2, other.height());
        }
        Files.createDirectories(layout("empty").database());
        restore(at("backup"), at("empty"));
        assertEquals(3, audited(at("empty")).height());
    }

    @Test
    void aDamagedBackupIsNotRestored() throws IOException {
        TestStore.grown(at("node"), 5, 10).close();
        back(at("node"), at("backup"));
        int tried = 0;
        for (Path file : TestStore.files(layout("backup").database())) {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length > 0) {
                byte[] changed = bytes.clone();
                changed[bytes.length / 2] ^= 1;
                Files.write(file, changed);
                refused(() -> restore(at("backup"), at("target")), Reason.CORRUPT);
                Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
                refused(() -> restore(at("backup"), at("target")), Reason.CORRUPT);
                Files.delete(file);
                refused(() -> restore(at("backup"), at("target")), Reason.CORRUPT);
                Files.write(file, bytes);
                tried++;
            }
        }
        assertTrue(tried >= 4);
        assertTrue(TestStore.files(at("target")).isEmpty(), "nothing is left of the attempts");
        Path seal = layout("backup").seal();
        byte[] sealed = Files.readAllBytes(seal);
        Files.delete(seal);
        refused(() -> restore(at("backup"), at("target")), Reason.CORRUPT);
        Files.write(seal, java.util.Arrays.copyOf(sealed, sealed.length - 1));
        refused(() -> restore(at("backup"), at("target")), Reason.CORRUPT);
        Files.write(seal, sealed);
        restore(at("backup"), at("target"));
        assertEquals(10, audited(at("target")).height());
    }

    /** A backup from a stranger must not write or read outside of the two directories. */
    @Test
    void namesThatLeadOutAreRefused() throws IOException {
        Files.createDirectories(layout("evil").database());
        Files.write(at("secret"), new byte[] {1});
        for (String name : List.of("../secret", "../../secret", "/etc/hostname", "a/../../secret", "", "..", "x\0y")) {
            new Seal(1, new ArrayList<>(List.of(new Seal.SealedFile(name, 1, List.of()))))
                    .write(layout("evil").seal());
            refused(() -> restore(at("evil"), at("target")), Reason.CORRUPT);
        }
        assertFalse(Files.exists(layout("target").database()));
    }

    @Test
    void anInterruptedAttemptIsCleared() throws IOException {
        TestStore.grown(at("node"), 5, 4).close();
        Path part = at("target").resolve("ledger.part");
        Files.createDirectories(part);
        Files.write(part.resolve("CURRENT"), new byte[] {1});
        back(at("node"), at("target"));
        assertFalse(Files.exists(part));
        audited(at("target"));
    }

    @Test
    void aCheckpointOfAClosedStoreIsRefused() {
        RocksStore store = TestStore.grown(at("node"), 5, 1);
        store.close();
        refused(() -> store.checkpoint(at("checkpoint")), Reason.CLOSED);
        refused(() -> back(at("nowhere"), at("backup")), Reason.IO);
    }
}
