package org.hearthnet.ledger.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.RandomNetwork;
import org.hearthnet.ledger.TestStore;
import org.hearthnet.ledger.audit.Audit;
import org.hearthnet.ledger.audit.AuditProgress;
import org.hearthnet.ledger.audit.AuditReport;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.PastReader;
import org.hearthnet.ledger.store.StagedState;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.tree.PathRange;
import org.hearthnet.ledger.tree.Retention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that begins with the state of a block. */
class SnapshotStoreTest {
    private static final Hash32 NETWORK = RandomNetwork.spec().id();
    private static final int BLOCKS = 60;
    private static final int AT = 45;

    @TempDir
    Path directory = Path.of("");

    private RocksStore full() {
        return TestStore.grown(directory.resolve("full"), 21, BLOCKS);
    }

    private Path node() {
        return directory.resolve("new");
    }

    private SnapshotStore open() {
        return SnapshotStore.open(node(), NETWORK).orElseThrow();
    }

    /** Fetches at most {@code pieces} pieces. */
    private static void fetch(RocksStore from, SnapshotStore to, int pieces) {
        StagedState state = to.staged().orElseThrow();
        PastReader reader = new PastReader(from);
        List<PathRange> lanes = PathRange.lanes(StagedState.LANE_BITS).toList();
        int done = 0;
        for (int lane = 0; lane < lanes.size(); lane++) {
            Optional<Hash32> next = state.next().get(lane);
            while (next.isPresent() && done++ < pieces) {
                var piece = reader.range(state.height(), next.get(), lanes.get(lane), 300);
                next = piece.range().end().filter(lanes.get(lane)::contains);
                var inside = piece.records().stream()
                        .filter(r -> piece.range().contains(PathRange.pathOf(r.key())))
                        .toList();
                to.add(lane, next, inside);
            }
        }
    }

    private static void finish(RocksStore from, SnapshotStore to) {
        long epoch = RandomNetwork.spec().parameters().epochBlocks();
        List<SealedHeader> steps = new ArrayList<>();
        for (long height = 2 * epoch; height < AT; height += 2 * epoch) {
            steps.add(from.header(height).orElseThrow());
        }
        to.finish(from.sealed(0).orElseThrow(), steps, from.sealed(AT).orElseThrow());
    }

    private static Hash32 hash(RocksStore from, long height) {
        return from.header(height).orElseThrow().header().hash();
    }

    private AuditReport audit() {
        return Audit.run(node(), TestStore.rules(), AuditProgress.NONE);
    }

    private void made(RocksStore full) {
        try (SnapshotStore store = open()) {
            store.begin(hash(full, AT), AT);
            fetch(full, store, Integer.MAX_VALUE);
            finish(full, store);
        }
    }

    private void follow(RocksStore full, Retention retention) {
        try (Chain chain = Chain.open(TestStore.rules(), RocksStore.open(node(), NETWORK, retention))) {
            assertEquals(AT, chain.height());
            for (long height = AT + 1; height <= BLOCKS; height++) {
                SealedBlock block = full.sealed(height).orElseThrow();
                assertTrue(chain.tryAppend(block) instanceof Chain.Appended.Accepted, "block " + height);
            }
        }
    }

    @Test
    void aNodeGoesOnFromTheStateOfABlock() {
        try (RocksStore full = full()) {
            made(full);
            follow(full, Retention.DEFAULT);
            try (RocksStore store = RocksStore.open(node(), NETWORK)) {
                assertEquals(AT, store.base());
                assertEquals(
                        full.state().scan(Bytes.EMPTY, 1 << 20), store.state().scan(Bytes.EMPTY, 1 << 20));
                assertEquals(AT, store.past().orElseThrow().oldest());
                assertTrue(store.block(AT - 1).isEmpty());
                assertTrue(store.block(AT).isPresent());
            }
        }
    }

    @Test
    void anAuditSaysFromWhereItReplayed() {
        try (RocksStore full = full()) {
            made(full);
            follow(full, new Retention(7));
            AuditReport report = audit();
            assertEquals(List.of(), report.errors());
            assertEquals(BLOCKS, report.height());
            assertEquals(full.header(BLOCKS).orElseThrow().header().stateRoot(), report.stateRoot());
            String limits = report.limits().orElseThrow();
            assertTrue(limits.contains("replayed from block " + (BLOCKS - 7 + 1)), limits);
            assertTrue(limits.contains("no blocks before " + AT), limits);
            assertTrue(limits.contains("lead from genesis"), limits);
        }
    }

    @Test
    void anAuditFindsAChangedRecord() throws Exception {
        try (RocksStore full = full()) {
            made(full);
            follow(full, Retention.DEFAULT);
        }
        for (Column column :
                List.of(Column.STATE, Column.PATHS, Column.PAST, Column.CHANGED, Column.TREE, Column.BLOCKS)) {
            Path changed = directory.resolve("changed-" + column);
            TestStore.copy(node(), changed);
            spoil(changed, column);
            AuditReport report = Audit.run(changed, TestStore.rules(), AuditProgress.NONE);
            assertFalse(report.ok(), "a changed record of " + column + " was not found");
        }
    }

    /** Changes the last byte of the last record, with valid checksums. */
    private static void spoil(Path node, Column column) {
        try (Database database = Database.open(node.resolve("ledger"), Settings.forWriting(), false);
                Database.Batch batch = database.batch()) {
            byte[][] last = new byte[2][];
            database.scan(column, new byte[0], (key, value) -> {
                last[0] = key;
                last[1] = value;
                return true;
            });
            last[1][last[1].length - 1] ^= 1;
            batch.put(column, last[0], last[1]);
            batch.commit();
            database.flush();
        }
        node.resolve("ledger.seal").toFile().delete();
    }

    @Test
    void whatWasFetchedBeforeACrashIsNotFetchedAgain() {
        try (RocksStore full = full()) {
            long records;
            try (SnapshotStore store = open()) {
                store.begin(hash(full, AT), AT);
                fetch(full, store, 30);
                records = store.staged().orElseThrow().records();
                assertTrue(records > 0);
            } // nothing was finished, as after a crash: each piece is a synced batch of its own
            try (SnapshotStore store = open()) {
                StagedState state = store.staged().orElseThrow();
                assertEquals(records, state.records());
                assertEquals(hash(full, AT), state.block());
                assertTrue(state.share() > 0 && state.share() < 1, "" + state.share());
                fetch(full, store, Integer.MAX_VALUE);
                assertTrue(store.staged().orElseThrow().isComplete());
                assertEquals(1, store.staged().orElseThrow().share(), 1e-9);
                finish(full, store);
            }
            follow(full, Retention.DEFAULT);
            assertEquals(List.of(), audit().errors());
            assertTrue(SnapshotStore.open(node(), NETWORK).isEmpty(), "it is a ledger now");
        }
    }

    @Test
    void anotherBlockBeginsAnew() {
        try (RocksStore full = full()) {
            try (SnapshotStore store = open()) {
                store.begin(hash(full, AT - 20), AT - 20);
                fetch(full, store, 40);
                store.begin(hash(full, AT), AT);
                assertEquals(0, store.staged().orElseThrow().records());
                fetch(full, store, Integer.MAX_VALUE);
                finish(full, store);
            }
            follow(full, Retention.DEFAULT);
            assertEquals(List.of(), audit().errors());
        }
    }

    @Test
    void aStateWithAnotherRootIsNoLedger() {
        try (RocksStore full = full();
                SnapshotStore store = open()) {
            store.begin(hash(full, AT), AT);
            assertThrows(StoreException.class, () -> finish(full, store), "nothing is there");
            fetch(full, store, Integer.MAX_VALUE);
            Bytes one = Bytes.of(new byte[] {'z', 1});
            store.add(0, Optional.empty(), List.of(new org.hearthnet.ledger.tree.RangeProof.KeyValue(one, one)));
            assertThrows(StoreException.class, () -> finish(full, store), "a record too many");
        }
    }

    /** Who changes its mind gets an ordinary ledger, without what was fetched. */
    @Test
    void anOrdinaryStartForgetsAnUnfinishedState() {
        try (RocksStore full = full()) {
            try (SnapshotStore store = open()) {
                store.begin(hash(full, AT), AT);
                fetch(full, store, 30);
            }
            try (Chain chain = Chain.open(TestStore.rules(), RocksStore.open(node(), NETWORK))) {
                assertEquals(0, chain.height());
                for (long height = 1; height <= 5; height++) {
                    chain.tryAppend(full.sealed(height).orElseThrow());
                }
            }
            AuditReport report = audit();
            assertEquals(List.of(), report.errors());
            assertTrue(report.limits().isEmpty());
        }
    }
}
