package org.hearthnet.ledger.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.RandomNetwork;
import org.hearthnet.ledger.store.PastReader;
import org.hearthnet.ledger.store.PastStates;
import org.hearthnet.ledger.store.PastStates.PathRecord;
import org.hearthnet.ledger.store.StoreException;
import org.hearthnet.ledger.tree.PathRange;
import org.hearthnet.ledger.tree.Retention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** States of the past, against copies that were taken in time. */
class PastColumnsTest {
    private static final Hash32 NETWORK = RandomNetwork.spec().id();
    private static final int BLOCKS = 40;

    @TempDir
    Path node = Path.of("");

    private final List<SortedMap<Bytes, Bytes>> states = new ArrayList<>();

    private RocksStore grown(Retention retention) {
        RocksStore store = RocksStore.open(node, NETWORK, retention);
        RandomNetwork network = new RandomNetwork(11, store);
        for (int i = 0; i <= BLOCKS; i++) {
            SortedMap<Bytes, Bytes> state = new TreeMap<>();
            store.state().scan(Bytes.EMPTY, Integer.MAX_VALUE).forEach(e -> state.put(e.key(), e.value()));
            states.add(state);
            if (i < BLOCKS) {
                network.step();
            }
        }
        return store;
    }

    private static List<PathRecord> expected(SortedMap<Bytes, Bytes> state) {
        return state.entrySet().stream()
                .map(e -> new PathRecord(PathRange.pathOf(e.getKey()), e.getKey(), e.getValue()))
                .sorted(java.util.Comparator.comparing(PathRecord::path))
                .toList();
    }

    @Test
    void anArchiveHasEveryState() {
        try (RocksStore store = grown(Retention.ARCHIVE)) {
            PastStates past = store.past().orElseThrow();
            assertEquals(0, past.oldest());
            for (int height = 0; height <= BLOCKS; height++) {
                assertEquals(expected(states.get(height)), past.records(height, Hash32.ZERO, 1 << 30));
                for (Bytes key : states.get(BLOCKS).keySet()) {
                    assertEquals(Optional.ofNullable(states.get(height).get(key)), past.value(key, height));
                }
            }
        }
    }

    @Test
    void proofsAgainstThePastHold() {
        try (RocksStore store = grown(Retention.ARCHIVE)) {
            PastReader reader = new PastReader(store);
            for (int height = 0; height <= BLOCKS; height += 7) {
                Hash32 root = store.header(height).orElseThrow().header().stateRoot();
                for (Bytes key : states.get(BLOCKS / 2).keySet()) {
                    Optional<Bytes> then =
                            Optional.ofNullable(states.get(height).get(key));
                    assertEquals(then, reader.prove(key, height).verify(root, key));
                }
            }
        }
    }

    @Test
    void onlyTheLastStatesAreKeptWhenPruned() {
        try (RocksStore store = grown(new Retention(9))) {
            PastStates past = store.past().orElseThrow();
            assertEquals(BLOCKS - 9, past.oldest());
            for (int height = BLOCKS - 9; height <= BLOCKS; height++) {
                assertEquals(expected(states.get(height)), past.records(height, Hash32.ZERO, 1 << 30));
            }
            for (int gone : new int[] {BLOCKS - 10, BLOCKS + 1, 0, -1}) {
                StoreException e = assertThrows(StoreException.class, () -> past.value(Bytes.EMPTY, gone));
                assertEquals(StoreException.Reason.GONE, e.reason());
                assertThrows(StoreException.class, () -> new PastReader(store).prove(Bytes.EMPTY, gone));
            }
            assertEquals(9, store.count(Column.CHANGED));
            long kept = 0;
            for (int height = BLOCKS - 8; height <= BLOCKS; height++) {
                kept += changes(height);
            }
            assertEquals(kept, store.count(Column.PAST));
            assertEquals(states.get(BLOCKS).size(), store.count(Column.PATHS));
        }
    }

    private long changes(int height) {
        SortedMap<Bytes, Bytes> before = states.get(height - 1);
        SortedMap<Bytes, Bytes> after = states.get(height);
        java.util.Set<Bytes> keys = new java.util.HashSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys.stream()
                .filter(k -> !Optional.ofNullable(before.get(k)).equals(Optional.ofNullable(after.get(k))))
                .count();
    }

    /** From the beginning to the end, in pieces of any size, nothing is missed and everything is proven. */
    @Test
    void provenRangesCoverTheState() {
        Random random = new Random(3);
        try (RocksStore store = grown(Retention.DEFAULT)) {
            PastReader reader = new PastReader(store);
            for (int target : new int[] {1, 100, 700, 5_000, 1 << 20}) {
                int height = BLOCKS - random.nextInt(20);
                Hash32 root = store.header(height).orElseThrow().header().stateRoot();
                List<Bytes> found = new ArrayList<>();
                for (PathRange lane : PathRange.lanes(random.nextInt(5)).toList()) {
                    Optional<Hash32> from = Optional.of(lane.from());
                    while (from.isPresent() && lane.contains(from.get())) {
                        var piece = reader.range(height, from.get(), lane, target);
                        piece.proof().verify(root, piece.range(), piece.records());
                        piece.records().stream()
                                .filter(r -> piece.range().contains(PathRange.pathOf(r.key())))
                                .forEach(r -> found.add(r.key()));
                        from = piece.range().end();
                    }
                }
                assertEquals(
                        expected(states.get(height)).stream()
                                .map(PathRecord::key)
                                .toList(),
                        found);
            }
        }
    }

    @Test
    void aPieceIsNotLargerThanItWasAskedFor() {
        try (RocksStore store = grown(Retention.DEFAULT)) {
            PathRange whole = new PathRange(Hash32.ZERO, 0);
            var piece = new PastReader(store).range(BLOCKS, Hash32.ZERO, whole, 2_000);
            long bytes = piece.records().stream()
                    .mapToLong(r -> r.key().length() + r.value().length())
                    .sum();
            assertTrue(bytes <= 2_000, "" + bytes);
        }
    }
}
