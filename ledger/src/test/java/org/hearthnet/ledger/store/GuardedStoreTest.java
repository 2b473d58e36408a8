package org.hearthnet.ledger.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearthnet.ledger.RandomNetwork;
import org.hearthnet.ledger.TestStore;
import org.hearthnet.ledger.audit.Audit;
import org.hearthnet.ledger.audit.AuditProgress;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.ledger.store.StoreException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node stops while there is still room, and what was stored before stays. The disk here is a port that lies as told. */
class GuardedStoreTest {
    private static final long LIMIT = 128L << 20;

    @TempDir
    Path node = Path.of("");

    private static final class Disk implements FreeSpace {
        private long free = LIMIT;
        private boolean readOnly;
        private boolean broken;

        @Override
        public long usableBytes() throws IOException {
            if (broken) {
                throw new IOException("no such device");
            }
            return free;
        }

        @Override
        public boolean isReadOnly() {
            return readOnly;
        }
    }

    private final Disk disk = new Disk();
    private final List<StoreException> heard = new ArrayList<>();

    private void stopsWith(Reason reason, Runnable trouble, String message) {
        RocksStore real = RocksStore.open(node, RandomNetwork.spec().id());
        GuardedStore store = new GuardedStore(real, new SpaceGuard(node, disk, LIMIT), heard::add);
        RandomNetwork network = new RandomNetwork(3, store);
        for (int i = 0; i < 12; i++) {
            network.step();
        }
        trouble.run();
        StoreException e = assertThrows(StoreException.class, () -> network.step());
        assertEquals(reason, e.reason());
        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
        disk.free = Long.MAX_VALUE;
        disk.readOnly = false;
        disk.broken = false;
        // Space that comes back does not tempt it to go on: the node must be started again.
        assertEquals(
                Reason.READ_ONLY,
                assertThrows(StoreException.class, () -> network.step()).reason());
        assertEquals(List.of(e), heard, "it says so once");
        assertEquals(12, store.height());
        store.close();
        try (Chain chain = Chain.open(
                TestStore.rules(), RocksStore.open(node, RandomNetwork.spec().id()))) {
            assertEquals(12, chain.height());
        }
        assertTrue(Audit.run(node, TestStore.rules(), AuditProgress.NONE).ok());
    }

    @Test
    void aDiskThatIsAlmostFull() {
        stopsWith(Reason.DISK_FULL, () -> disk.free = LIMIT - 1, "127 MiB left");
    }

    @Test
    void aFileSystemThatBecameReadOnly() {
        stopsWith(Reason.READ_ONLY, () -> disk.readOnly = true, "read-only now");
    }

    @Test
    void aDiskThatDoesNotAnswer() {
        stopsWith(Reason.IO, () -> disk.broken = true, "no such device");
    }

    @Test
    void theGuardOfARealDirectoryKnowsItsDisk() throws IOException {
        SpaceGuard guard = new SpaceGuard(node, FreeSpace.of(node), 0);
        assertTrue(guard.disk().usableBytes() > 0);
        guard.require(1);
        SpaceGuard greedy = new SpaceGuard(node, FreeSpace.of(node), Long.MAX_VALUE);
        assertEquals(
                Reason.DISK_FULL,
                assertThrows(StoreException.class, () -> greedy.require(1)).reason());
        assertThrows(IllegalArgumentException.class, () -> new SpaceGuard(node, disk, -1));
    }
}
