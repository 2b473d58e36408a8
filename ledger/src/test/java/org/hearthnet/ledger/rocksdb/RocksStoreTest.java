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
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.RandomNetwork;
import org.hearthnet.ledger.TestNetwork;
import org.hearthnet.ledger.TestStore;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.TransactionBody.Transfer;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.LedgerStore;
import org.hearthnet.ledger.store.MemoryStore;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.store.StoreException.Reason;
import org.hearthnet.ledger.store.StoreLayout;
import org.hearthnet.ledger.tree.StateTree;
import org.hearthnet.ledger.tree.TreeUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** The store on disk. */
class RocksStoreTest {
    private static final Hash32 NETWORK = RandomNetwork.spec().id();
    private static final StateDelta NOTHING = new StateDelta(new java.util.TreeMap<>(StateReader.KEY_ORDER));

    @TempDir
    Path node = Path.of("");

    private static StoreException refused(org.junit.jupiter.api.function.Executable action, Reason reason) {
        StoreException e = assertThrows(StoreException.class, action);
        assertEquals(reason, e.reason(), e.getMessage());
        return e;
    }

    private static TreeUpdate nothing(long version) {
        return StateTree.empty().update(version, NOTHING.changes());
    }

    @Test
    void aReopenedStoreHasEverything() {
        SealedBlock tip;
        try (LedgerStore store = TestStore.grown(node, 1, 40)) {
            tip = store.sealed(store.height()).orElseThrow();
        }
        try (Chain chain = Chain.open(TestStore.rules(), RocksStore.open(node, NETWORK))) {
            LedgerStore store = chain.store();
            assertEquals(tip.block().header(), chain.tip());
            assertEquals(Optional.of(40L), store.heightOf(tip.hash()));
            for (long h = 1; h <= 40; h++) {
                Block block = store.block(h).orElseThrow();
                for (int i = 0; i < block.transactions().size(); i++) {
                    assertEquals(
                            Optional.of(new LedgerStore.TransactionPlace(h, i)),
                            store.transaction(block.transactions().get(i).id()));
                }
            }
            assertEquals(10, store.headers(31, 99).size());
            assertEquals(3, store.headers(0, 3).size());
            assertEquals(0, store.headers(41, 3).size());
            assertEquals(0, store.headers(-1, 3).size());
            assertEquals(Optional.empty(), store.block(41));
            assertEquals(Optional.empty(), store.transaction(NETWORK));
        }
    }

    /** The twin in memory that other tests use answers like the real store. */
    @Test
    void memoryAndDiskAnswerAlike() {
        LedgerStore memory = new MemoryStore();
        RandomNetwork inMemory = new RandomNetwork(7, memory);
        for (int i = 0; i < 30; i++) {
            inMemory.step();
        }
        try (LedgerStore disk = TestStore.grown(node, 7, 30)) {
            assertEquals(memory.height(), disk.height());
            assertEquals(memory.headers(3, 9), disk.headers(3, 9));
            StateReader a = memory.state();
            StateReader b = disk.state();
            assertEquals(a.scan(Bytes.EMPTY, 100_000), b.scan(Bytes.EMPTY, 100_000));
            List<Bytes> keys = new ArrayList<>(
                    a.scan(Bytes.EMPTY, 50).stream().map(StateReader.Entry::key).toList());
            keys.add(7, Bytes.fromHex("ff00"));
            keys.add(keys.getFirst());
            assertEquals(a.getAll(keys), b.getAll(keys));
            assertEquals(List.of(), b.getAll(List.of()));
            for (String prefix : new String[] {"61", "62", "6d", "70", "ff"}) {
                for (int limit : new int[] {0, 1, 7}) {
                    Bytes p = Bytes.fromHex(prefix);
                    assertEquals(a.scan(p, limit), b.scan(p, limit));
                    assertEquals(a.scan(p, Bytes.EMPTY, limit), b.scan(p, Bytes.EMPTY, limit));
                    assertEquals(a.scan(p, Bytes.fromHex("6c"), limit), b.scan(p, Bytes.fromHex("6c"), limit));
                }
            }
        }
    }

    @Test
    void anotherNetworkIsRefused() {
        TestStore.grown(node, 1, 2).close();
        refused(() -> RocksStore.open(node, Hash32.ZERO), Reason.OTHER_NETWORK);
        RocksStore.open(node, NETWORK).close();
    }

    @Test
    void anotherSchemaIsRefused() {
        TestStore.grown(node, 1, 2).close();
        try (Database database = Database.open(new StoreLayout(node).database(), Settings.forWriting(), false);
                Database.Batch batch = database.batch()) {
            batch.put(
                    Column.META, "schema".getBytes(java.nio.charset.StandardCharsets.US_ASCII), new byte[] {0, 0, 0, 99
                    });
            batch.commit();
        }
        StoreException e = refused(() -> RocksStore.open(node, NETWORK), Reason.OTHER_SCHEMA);
        assertTrue(e.toString().contains("schema 99"), e.toString());
    }

    @Test
    void anOpenStoreIsLocked() {
        try (LedgerStore store = TestStore.grown(node, 1, 2)) {
            assertEquals(2, store.height());
            refused(() -> RocksStore.open(node, NETWORK), Reason.LOCKED);
        }
    }

    @Test
    void aFileInTheWayIsExplained() throws IOException {
        Files.createFile(new StoreLayout(node).database());
        refused(() -> RocksStore.open(node, NETWORK), Reason.IO);
    }

    @Test
    void whatTheDiskReportsIsExplained() {
        assertEquals(
                Reason.DISK_FULL,
                explained(new RocksDBException(
                        "x", new Status(Status.Code.IOError, Status.SubCode.NoSpace, "No space left on device"))));
        assertEquals(Reason.DISK_FULL, explained(new RocksDBException("While appending: No space left on device")));
        assertEquals(Reason.READ_ONLY, explained(new RocksDBException("open: Permission denied")));
        assertEquals(Reason.READ_ONLY, explained(new RocksDBException("open: Read-only file system")));
        assertEquals(
                Reason.CORRUPT,
                explained(new RocksDBException("x", new Status(Status.Code.Corruption, Status.SubCode.None, "bad"))));
        assertEquals(Reason.IO, explained(new RocksDBException("something else")));
    }

    private static Reason explained(RocksDBException e) {
        return RocksErrors.explain(Path.of("ledger"), e).reason();
    }

    @Test
    void readingChangesNothingAndWritingIsRefused() throws IOException {
        TestStore.grown(node, 1, 3).close();
        Path logs = Files.createTempDirectory(node, "logs");
        try (RocksStore store = RocksStore.openReadOnly(node, NETWORK, logs)) {
            SealedBlock tip = store.sealed(3).orElseThrow();
            refused(() -> store.append(tip, NOTHING, nothing(4)), Reason.READ_ONLY);
        }
        assertTrue(Files.exists(new StoreLayout(node).seal()), "reading keeps the seal");
    }

    @Test
    void openingRemovesTheSealAndClosingWritesIt() {
        StoreLayout layout = new StoreLayout(node);
        RocksStore store = TestStore.grown(node, 1, 1);
        assertFalse(Files.exists(layout.seal()));
        store.close();
        store.close();
        assertTrue(Files.exists(layout.seal()));
        RocksStore again = RocksStore.open(node, NETWORK);
        assertFalse(Files.exists(layout.seal()));
        again.close();
    }

    @Test
    void aBlockOutOfOrderIsRefusedAndNothingChanges() {
        try (RocksStore store = TestStore.grown(node, 1, 2)) {
            SealedBlock tip = store.sealed(2).orElseThrow();
            assertThrows(IllegalArgumentException.class, () -> store.append(tip, NOTHING, nothing(3)));
            assertEquals(2, store.height());
        }
    }

    /** Copies the files after every few blocks without closing: each copy opens at the height it was taken at. */
    @Test
    void aCrashAtAnyBlockLosesNothing() throws IOException {
        Path live = node.resolve("live");
        try (RocksStore store = RocksStore.open(live, NETWORK)) {
            RandomNetwork network = new RandomNetwork(3, store);
            for (int i = 1; i <= 24; i++) {
                network.step();
                if (i % 6 == 0) {
                    Path copy = TestStore.copy(live, node.resolve("copy" + i));
                    try (Chain chain = Chain.open(TestStore.rules(), RocksStore.open(copy, NETWORK))) {
                        assertEquals(i, chain.height());
                        assertEquals(network.network().chain().tip(), chain.tip());
                    }
                }
            }
        }
    }

    /** Cuts the write-ahead log at many places: what opens is always a whole block and its state. */
    @Test
    void aTornLogGivesAnEarlierBlockNeverHalfOfOne() throws IOException {
        Path live = node.resolve("live");
        Path copy = node.resolve("crashed");
        try (RocksStore store = RocksStore.open(live, NETWORK)) {
            TestNetwork network = TestNetwork.on(RandomNetwork.spec(), store);
            KeyPair client = TestNetwork.key("client");
            for (int i = 0; i < 12; i++) {
                network.apply(client, new Transfer(TestNetwork.key("n" + i).id(), Amount.credits(1), Bytes.EMPTY));
            }
            TestStore.copy(live, copy);
        }
        Path log = TestStore.files(copy).stream()
                .filter(f -> f.toString().endsWith(".log"))
                .max(java.util.Comparator.comparing(f -> f.toFile().length()))
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(log);
        long last = -1;
        for (int cut = bytes.length; cut > bytes.length / 2; cut -= 997) {
            Path torn = TestStore.copy(copy, node.resolve("torn" + cut));
            Files.write(torn.resolve(copy.relativize(log)), java.util.Arrays.copyOf(bytes, cut));
            try (Chain chain = Chain.open(TestStore.rules(), RocksStore.open(torn, NETWORK))) {
                assertTrue(last < 0 || chain.height() <= last);
                last = chain.height();
            }
        }
        assertTrue(last < 12, "the cuts reached the blocks");
    }

    /** RocksDB itself would end the process at such a call. */
    @Test
    void readersThatComeTooLateAreToldSo() throws Exception {
        LedgerStore store = TestStore.grown(node, 1, 5);
        CountDownLatch reading = new CountDownLatch(4);
        try (ExecutorService readers = Executors.newFixedThreadPool(4)) {
            List<Future<Reason>> ends = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ends.add(readers.submit(() -> {
                    for (int round = 0; ; round++) {
                        try {
                            store.state().scan(Bytes.EMPTY, Bytes.EMPTY, 100);
                            store.block(1 + round % 5);
                            if (round == 10) {
                                reading.countDown();
                            }
                        } catch (StoreException e) {
                            return e.reason();
                        }
                    }
                }));
            }
            reading.await();
            store.close();
            for (Future<Reason> end : ends) {
                assertEquals(Reason.CLOSED, end.get());
            }
            store.close();
        }
    }
}
