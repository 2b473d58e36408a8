package org.hearthnet.ledger.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.tree.RangeProof.KeyValue;
import org.junit.jupiter.api.Test;

/** Ranges of records: proven as a whole, or not at all. */
class RangeProofTest {
    private final MemoryNodes nodes = new MemoryNodes(Retention.ARCHIVE);
    private final List<KeyValue> all = new ArrayList<>();
    private StateTree tree = StateTree.empty();

    private void grow(Random random, int count) {
        Map<Bytes, Optional<Bytes>> changes = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Bytes key = Bytes.of(new byte[] {1, (byte) i, (byte) (i >> 8)});
            Bytes value = Bytes.of(new byte[] {(byte) random.nextInt()});
            changes.put(key, Optional.of(value));
            all.add(new KeyValue(key, value));
        }
        all.sort(Comparator.comparing(record -> PathRange.pathOf(record.key())));
        nodes.store(tree.update(0, changes));
        tree = StateTree.at(nodes, 0);
    }

    /** What an honest peer sends for a range. */
    private List<KeyValue> records(PathRange range, StateTree.Way way) {
        boolean early = way.proof().siblings().size() < range.bits();
        return all.stream()
                .filter(record -> {
                    Hash32 path = PathRange.pathOf(record.key());
                    return early ? way.only().equals(Optional.of(path)) : range.contains(path);
                })
                .toList();
    }

    private static PathRange random(Random random, int maxBits) {
        int bits = random.nextInt(maxBits + 1);
        byte[] path = new byte[32];
        random.nextBytes(path);
        Hash32 from = Hash32.of(path);
        for (int bit = bits; bit < Path.BITS; bit++) {
            path[bit >> 3] &= (byte) ~(0x80 >> (bit & 7));
        }
        return new PathRange(bits == Path.BITS ? from : Hash32.of(path), bits);
    }

    @Property(tries = 60)
    void everyRangeIsProvenAndNothingElse(@ForAll long seed, @ForAll @IntRange(max = 300) int count) {
        Random random = new Random(seed);
        RangeProofTest test = new RangeProofTest();
        test.grow(random, count);
        for (int i = 0; i < 6; i++) {
            PathRange range = random(random, i == 0 ? Path.BITS : 12);
            StateTree.Way way = test.tree.way(range);
            List<KeyValue> records = test.records(range, way);
            way.proof().verify(test.tree.root(), range, records);
            test.refusesOthers(random, range, way, records);
        }
    }

    private void refusesOthers(Random random, PathRange range, StateTree.Way way, List<KeyValue> records) {
        List<KeyValue> changed = new ArrayList<>(records);
        int at = records.isEmpty() ? 0 : random.nextInt(records.size());
        if (records.isEmpty()) {
            changed.add(new KeyValue(Bytes.of(new byte[] {9}), Bytes.EMPTY));
        } else if (random.nextBoolean()) {
            changed.remove(at);
        } else {
            changed.set(at, new KeyValue(records.get(at).key(), Bytes.of(new byte[] {1, 2, 3})));
        }
        refused(way.proof(), range, changed);
        List<Hash32> siblings = new ArrayList<>(way.proof().siblings());
        if (!siblings.isEmpty()) {
            siblings.removeLast();
            refused(new RangeProof(siblings), range, records);
        }
    }

    private void refused(RangeProof proof, PathRange range, List<KeyValue> records) {
        assertThrows(ProofException.class, () -> proof.verify(tree.root(), range, records));
    }

    @Test
    void recordsOutOfOrderAreRefused() {
        grow(new Random(1), 20);
        PathRange whole = new PathRange(Hash32.ZERO, 0);
        RangeProof proof = tree.way(whole).proof();
        proof.verify(tree.root(), whole, all);
        refused(proof, whole, all.reversed());
    }

    /** Any way of cutting the state into ranges gives the same tree again. */
    @Property(tries = 60)
    void aTreeGrowsOutOfItsRangesInAnyOrder(@ForAll long seed, @ForAll @IntRange(max = 500) int count) {
        Random random = new Random(seed);
        RangeProofTest test = new RangeProofTest();
        test.grow(random, count);
        List<PathRange> lanes =
                new ArrayList<>(PathRange.lanes(random.nextInt(8)).toList());
        java.util.Collections.shuffle(lanes, random);
        MemoryNodes staged = new MemoryNodes(Retention.ARCHIVE);
        for (PathRange lane : lanes) {
            Map<Bytes, Bytes> records = new HashMap<>();
            test.all.stream()
                    .filter(record -> lane.contains(PathRange.pathOf(record.key())))
                    .forEach(record -> records.put(record.key(), record.value()));
            staged.store(new StagedTree(staged, 7).add(records));
        }
        assertEquals(test.tree.root(), new StagedTree(staged, 7).root());
        assertEquals(test.tree.root(), StateTree.at(staged, 7).root());
    }

    @Test
    void rangesFollowOneAnother() {
        PathRange whole = new PathRange(Hash32.ZERO, 0);
        assertTrue(whole.end().isEmpty());
        Hash32 from = Hash32.ZERO;
        int count = 0;
        for (PathRange lane : PathRange.lanes(5).toList()) {
            assertEquals(from, lane.from());
            from = lane.end().orElse(Hash32.ZERO);
            count++;
        }
        assertEquals(32, count);
        assertEquals(Hash32.ZERO, from);
        PathRange last = new PathRange(new Hash32(-1, -1, -1, -1), Path.BITS);
        assertTrue(last.end().isEmpty());
        PathRange carry = new PathRange(new Hash32(5, -1, -1, -1L << 8), 248);
        assertEquals(Optional.of(new Hash32(6, 0, 0, 0)), carry.end());
        assertThrows(IllegalArgumentException.class, () -> new PathRange(new Hash32(0, 0, 0, 1), 255));
    }

    /** Below a path that begins like the asked for range, and ends before the record that did not fit. */
    @Property
    void theLargestRangeBeforeARecord(@ForAll long a, @ForAll long b, @ForAll long c) {
        PathRange lane = PathRange.lanes(4).toList().get((int) (a >>> 60));
        Hash32 from = new Hash32(a, b, 0, 0);
        Hash32 path = new Hash32(a, b, c | 1, 0);
        PathRange range = PathRange.before(from, path, lane);
        assertEquals(from, range.from());
        assertTrue(lane.covers(range) && !range.contains(path) && range.contains(from));
        assertTrue(range.end().orElseThrow().compareTo(path) <= 0);
    }
}
