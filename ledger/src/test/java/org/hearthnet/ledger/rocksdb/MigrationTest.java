package org.hearthnet.ledger.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.PastStates;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.store.StoreLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** A store of the schema before, which had blocks, state and tree but neither paths nor past values. */
class MigrationTest {
    private static final Hash32 NETWORK = RandomNetwork.spec().id();
    private static final int BLOCKS = 30;
    private static final int MORE = 10;

    @TempDir
    Path node = Path.of("");

    private final List<SealedBlock> later = new ArrayList<>();

    /** The old layout, written by what wrote it then: the columns that are new are dropped, the number is the old one. */
    @BeforeEach
    void oldStore() throws Exception {
        try (RocksStore full = TestStore.grown(node.resolve("full"), 8, BLOCKS + MORE)) {
            for (long height = 1; height <= BLOCKS + MORE; height++) {
                later.add(full.sealed(height).orElseThrow());
            }
        }
        try (Chain chain = Chain.open(TestStore.rules(), RocksStore.open(node, NETWORK))) {
            append(chain, 1, BLOCKS);
        }
        backToSchema2(new StoreLayout(node).database());
        Files.delete(new StoreLayout(node).seal());
    }

    private void append(Chain chain, int from, int to) {
        for (int height = from; height <= to; height++) {
            assertTrue(chain.tryAppend(later.get(height - 1)) instanceof Chain.Appended.Accepted);
        }
    }

    private static void backToSchema2(Path database) throws RocksDBException {
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        for (Column column : Column.values()) {
            descriptors.add(new ColumnFamilyDescriptor(column.familyName()));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (DBOptions options = new DBOptions();
                RocksDB db = RocksDB.open(options, database.toString(), descriptors, handles)) {
            for (Column column : List.of(Column.PATHS, Column.PAST, Column.CHANGED)) {
                db.dropColumnFamily(handles.get(column.ordinal()));
            }
            byte[] schema = "schema".getBytes(StandardCharsets.US_ASCII);
            byte[] two = ByteBuffer.allocate(Integer.BYTES).putInt(2).array();
            db.put(handles.get(Column.META.ordinal()), schema, two);
            handles.forEach(ColumnFamilyHandle::close);
        }
    }

    private void goesOn() {
        try (Chain chain = Chain.open(TestStore.rules(), RocksStore.open(node, NETWORK))) {
            assertEquals(BLOCKS, chain.height());
            PastStates past = chain.store().past().orElseThrow();
            assertEquals(BLOCKS, past.oldest(), "values of the past begin with the next block");
            append(chain, BLOCKS + 1, BLOCKS + MORE);
            assertEquals(BLOCKS, past.oldest());
        }
        AuditReport report = Audit.run(node, TestStore.rules(), AuditProgress.NONE);
        assertEquals(List.of(), report.errors());
        assertEquals(BLOCKS + MORE, report.height());
    }

    @Test
    void aStoreOfTheSchemaBeforeIsUpgraded() {
        goesOn();
    }

    @Test
    void anInterruptedUpgradeGoesOn() {
        Path directory = new StoreLayout(node).database();
        for (int after : new int[] {1, 2, 1}) {
            try (Database database = Database.open(directory, Settings.forWriting(), false)) {
                assertThrows(
                        IllegalStateException.class,
                        () -> Migration.run(database, directory, 5, batches -> {
                            if (batches == after) {
                                throw new IllegalStateException("killed");
                            }
                        }));
                assertTrue(MetaRecords.cursor(database).isPresent());
                assertEquals(2, MetaRecords.schema(database, directory).orElseThrow());
            }
        }
        goesOn();
    }

    @Test
    void readingDoesNotUpgradeAndSaysSo() throws Exception {
        Path logs = Files.createTempDirectory(node, "logs");
        StoreException e = assertThrows(
                StoreException.class,
                () -> RocksStore.openReadOnly(node, NETWORK, logs).close());
        assertEquals(StoreException.Reason.OTHER_SCHEMA, e.reason());
        assertTrue(String.valueOf(e.getMessage()).contains("start its node once"), e.toString());
    }
}
