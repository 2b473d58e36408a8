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
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.RandomNetwork;
import org.hearthnet.ledger.TestStore;
import org.hearthnet.ledger.audit.Audit;
import org.hearthnet.ledger.audit.AuditProgress;
import org.hearthnet.ledger.audit.AuditReport;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.store.StoreLayout;
import org.hearthnet.ledger.tree.NaiveTree;
import org.hearthnet.ledger.tree.Retention;
import org.hearthnet.ledger.tree.StateTree;
import org.hearthnet.ledger.tree.TreeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** The tree on disk. */
class TreeColumnsTest {
    private static final Hash32 NETWORK = RandomNetwork.spec().id();
    private static final int BLOCKS = 40;

    @TempDir
    Path node = Path.of("");

    private Path grown(Retention retention) {
        Path directory = node.resolve("r" + retention.recent());
        try (RocksStore store = RocksStore.open(directory, NETWORK, retention)) {
            RandomNetwork network = new RandomNetwork(4, store);
            for (int i = 0; i < BLOCKS; i++) {
                network.step();
            }
        }
        return directory;
    }

    private static AuditReport audit(Path directory) {
        return Audit.run(directory, TestStore.rules(), AuditProgress.NONE);
    }

    /** The audit's replay keeps nodes in memory and compares every stored one, old or not. */
    @Test
    void everyRetentionKeepsWhatItSaysAndPassesTheAudit() {
        for (Retention retention : List.of(new Retention(0), new Retention(5), Retention.ARCHIVE)) {
            Path directory = grown(retention);
            assertTrue(audit(directory).ok(), audit(directory).errors().toString());
            try (RocksStore store = RocksStore.open(directory, NETWORK, retention)) {
                for (int height = 0; height <= BLOCKS; height++) {
                    int at = height;
                    if (height + Math.min(retention.recent(), BLOCKS) >= BLOCKS) {
                        Hash32 root =
                                store.header(height).orElseThrow().header().stateRoot();
                        assertEquals(root, StateTree.at(store.nodes(), height).root());
                    } else {
                        assertThrows(TreeException.class, () -> StateTree.at(store.nodes(), at));
                    }
                }
                assertEquals(
                        NaiveTree.root(store.state()),
                        StateTree.at(store.nodes(), BLOCKS).root());
                assertEquals(Math.min(retention.recent(), BLOCKS + 1L), store.count(Column.STALE));
            }
        }
    }

    /** A shorter retention works the old lists off, a few a block, and the rest of the store does not notice. */
    @Test
    void aShorterRetentionTakesEffect() {
        Path directory = grown(Retention.ARCHIVE);
        for (int round = 0; round < 3; round++) {
            try (Chain chain = Chain.open(TestStore.rules(), RocksStore.open(directory, NETWORK, new Retention(2)))) {
                org.hearthnet.ledger.TestNetwork more =
                        org.hearthnet.ledger.TestNetwork.on(RandomNetwork.spec(), chain.store());
                more.blocksTo(chain.height() + 6);
            }
            assertTrue(audit(directory).ok(), audit(directory).errors().toString());
        }
        try (RocksStore store = RocksStore.open(directory, NETWORK)) {
            assertEquals(2, store.count(Column.STALE));
        }
    }

    /** Whoever can write to the store can write a seal too; only the replay sees what is wrong then. */
    @Test
    void anAlteredMissingOrForeignNodeIsFoundByTheAudit() throws IOException {
        Path directory = grown(new Retention(5));
        List<byte[]> keys = new ArrayList<>();
        try (RocksStore store = RocksStore.open(directory, NETWORK)) {
            store.scan(Column.TREE, (key, value) -> keys.add(key));
        }
        for (int i = 0; i < keys.size(); i += 29) {
            byte[] key = keys.get(i);
            for (byte[] change : List.of(new byte[0], new byte[] {1}, new byte[4])) {
                Path copy = TestStore.copy(directory, node.resolve("altered" + i + "-" + change.length));
                change(copy, key, change);
                AuditReport report = audit(copy);
                assertFalse(report.ok());
                assertTrue(
                        report.errors().getFirst().where().startsWith("tree node"),
                        report.errors().toString());
            }
        }
    }

    private static void change(Path directory, byte[] key, byte[] change) throws IOException {
        StoreLayout layout = new StoreLayout(directory);
        try (Database database = Database.open(layout.database(), Settings.forWriting(), false)) {
            try (Database.Batch batch = database.batch()) {
                switch (change.length) {
                    case 0 -> batch.delete(Column.TREE, key);
                    case 1 -> {
                        byte[] node = database.get(Column.TREE, key).orElseThrow();
                        node[node.length - 1] ^= change[0];
                        batch.put(Column.TREE, key, node);
                    }
                    default -> batch.put(Column.TREE, new byte[] {0, 0, 0, 0, 0, 0, 0, 99, 0}, change);
                }
                batch.commit();
            }
            database.flush();
        }
        Files.delete(layout.seal());
    }

    /** A store as it was before there was a tree is refused, for reading and writing, and stays as it is. */
    @Test
    void aStoreOfTheFirstSchemaIsRefusedWithAdvice() throws Exception {
        Path directory = new StoreLayout(node).database();
        firstSchema(directory);
        List<byte[]> before = columns(directory);
        for (boolean reading : new boolean[] {false, true}) {
            Path logs = Files.createTempDirectory(node, "logs");
            StoreException e = assertThrows(
                    StoreException.class,
                    () -> (reading ? RocksStore.openReadOnly(node, NETWORK, logs) : RocksStore.open(node, NETWORK))
                            .close());
            assertEquals(StoreException.Reason.OTHER_SCHEMA, e.reason());
            assertTrue(String.valueOf(e.getMessage()).contains("schema 1, this program knows 3: move"), e.toString());
        }
        assertEquals(before.size(), columns(directory).size());
        AuditReport report = audit(node);
        assertTrue(
                report.errors().getFirst().what().contains("schema 1"),
                report.errors().toString());
    }

    private static List<byte[]> columns(Path directory) throws RocksDBException {
        try (Options options = new Options()) {
            return RocksDB.listColumnFamilies(options, directory.toString());
        }
    }

    private static void firstSchema(Path directory) throws IOException, RocksDBException {
        Files.createDirectories(directory);
        RocksDB.loadLibrary();
        try (Options options = new Options().setCreateIfMissing(true);
                RocksDB db = RocksDB.open(options, directory.toString())) {
            for (Column column : Column.values()) {
                if (column != Column.DEFAULT && column.ordinal() < Column.TREE.ordinal()) {
                    try (ColumnFamilyHandle handle =
                            db.createColumnFamily(new ColumnFamilyDescriptor(column.familyName()))) {
                        if (column == Column.META) {
                            db.put(handle, "schema".getBytes(java.nio.charset.StandardCharsets.US_ASCII), new byte[] {
                                0, 0, 0, 1
                            });
                        }
                    }
                }
            }
        }
    }
}
