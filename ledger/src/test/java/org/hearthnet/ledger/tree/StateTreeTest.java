package org.hearthnet.ledger.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
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
import org.junit.jupiter.api.Test;

/** The tree against its definition. */
class StateTreeTest {
    private static final int KEYS = 400;

    private static Bytes key(int number) {
        return Bytes.of(new byte[] {(byte) (number >> 8), (byte) number});
    }

    private static Optional<Bytes> value(Random random) {
        byte[] value = new byte[random.nextInt(5)];
        random.nextBytes(value);
        return Optional.of(Bytes.of(value));
    }

    /** Changes of records, some of which exist and some of which are removed although they do not. */
    private static Map<Bytes, Optional<Bytes>> changes(Random random, int count) {
        Map<Bytes, Optional<Bytes>> out = new HashMap<>();
        for (int i = 0; i < count; i++) {
            out.put(key(random.nextInt(KEYS)), random.nextInt(3) == 0 ? Optional.empty() : value(random));
        }
        return out;
    }

    private static void apply(Map<Bytes, Bytes> records, Map<Bytes, Optional<Bytes>> changes) {
        changes.forEach((key, value) -> value.ifPresentOrElse(v -> records.put(key, v), () -> records.remove(key)));
    }

    /** Stored versions give the root of the definition, whatever came before, and hold no node too many. */
    @Property(tries = 150)
    void theRootIsThatOfTheDefinition(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int most) {
        Random random = new Random(seed);
        MemoryNodes nodes = new MemoryNodes(new Retention(0));
        Map<Bytes, Bytes> records = new HashMap<>();
        StateTree tree = StateTree.empty();
        for (int version = 0; version < 8; version++) {
            Map<Bytes, Optional<Bytes>> changes = changes(random, random.nextInt(most + 1));
            TreeUpdate update = tree.update(version, changes);
            nodes.store(update);
            apply(records, changes);
            tree = StateTree.at(nodes, version);
            assertEquals(NaiveTree.root(records), update.root());
            assertEquals(update.root(), tree.root());
        }
        TreeUpdate all = tree.update(99, empty(records));
        nodes.store(all);
        assertEquals(Hash32.ZERO, all.root());
        assertEquals(1, nodes.nodes().size(), "nothing but the root is left of an empty tree");
    }

    private static Map<Bytes, Optional<Bytes>> empty(Map<Bytes, Bytes> records) {
        Map<Bytes, Optional<Bytes>> out = new HashMap<>();
        records.keySet().forEach(key -> out.put(key, Optional.empty()));
        return out;
    }

    /** The same records in another order, one by one or at once, with detours. */
    @Property(tries = 100)
    void theRootDependsOnTheRecordsAlone(@ForAll long seed) {
        Random random = new Random(seed);
        Map<Bytes, Optional<Bytes>> records = changes(random, 60);
        TreeUpdate atOnce = StateTree.empty().update(0, records);
        List<Bytes> order = new ArrayList<>(records.keySet());
        Collections.shuffle(order, random);
        StateTree tree = StateTree.empty().with(StateTree.empty().update(0, changes(random, 40)));
        long version = 1;
        Map<Bytes, Optional<Bytes>> clear = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            clear.put(key(i), Optional.empty());
        }
        tree = tree.with(tree.update(version++, clear));
        for (Bytes key : order) {
            tree = tree.with(tree.update(version++, Map.of(key, records.getOrDefault(key, Optional.empty()))));
        }
        assertEquals(atOnce.root(), tree.root());
    }

    @Property(tries = 100)
    void everyRecordIsInTheRoot(@ForAll long seed) {
        Random random = new Random(seed);
        StateTree tree = StateTree.empty().with(StateTree.empty().update(0, changes(random, 80)));
        Map<Bytes, Optional<Bytes>> other = Map.of(key(random.nextInt(KEYS)), Optional.of(Bytes.of(new byte[9])));
        assertNotEquals(tree.root(), tree.update(1, other).root());
    }

    /** An update touches nothing that is stored, so the version before can be asked until it is pruned. */
    @Test
    void versionsAreKeptAsLongAsTheRetentionSays() {
        Random random = new Random(7);
        MemoryNodes nodes = new MemoryNodes(new Retention(3));
        MemoryNodes archive = new MemoryNodes(Retention.ARCHIVE);
        List<Hash32> roots = new ArrayList<>();
        StateTree tree = StateTree.empty();
        for (int version = 0; version < 20; version++) {
            TreeUpdate update = tree.update(version, changes(random, 50));
            nodes.store(update);
            archive.store(update);
            tree = StateTree.at(nodes, update);
            roots.add(update.root());
            for (int old = 0; old <= version; old++) {
                assertEquals(roots.get(old), StateTree.at(archive, old).root());
                assertWhole(old, archive);
                int at = old;
                if (old >= version - 3) {
                    assertEquals(roots.get(old), StateTree.at(nodes, old).root());
                    assertWhole(old, nodes);
                } else {
                    assertThrows(TreeException.class, () -> StateTree.at(nodes, at));
                }
            }
        }
        assertEquals(4, nodes.stale().size() + 1, "lists that have been worked off are gone");
    }

    /** Removing every record passes through every node. */
    private static void assertWhole(int version, NodeReader nodes) {
        Map<Bytes, Optional<Bytes>> all = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            all.put(key(i), Optional.empty());
        }
        assertEquals(Hash32.ZERO, StateTree.at(nodes, version).update(999, all).root());
    }

    @Test
    void nothingChangedMeansNoNodeButTheRoot() {
        Random random = new Random(3);
        Map<Bytes, Optional<Bytes>> records = changes(random, 100);
        StateTree tree = StateTree.empty().with(StateTree.empty().update(0, records));
        TreeUpdate again = tree.update(1, records);
        assertEquals(tree.root(), again.root());
        assertEquals(1, again.nodes().size());
        assertEquals(List.of(NodeKey.root(0)), again.stale());
        assertThrows(IllegalArgumentException.class, () -> tree.update(0, records));
    }

    @Test
    void damagedAndMissingNodesAreNoticed() {
        MemoryNodes nodes = new MemoryNodes(Retention.ARCHIVE);
        nodes.store(StateTree.empty().update(0, changes(new Random(1), 300)));
        NodeKey root = NodeKey.root(0);
        Bytes good = nodes.nodes().getOrDefault(root, Bytes.EMPTY);
        for (int length = 0; length < good.length(); length++) {
            Bytes cut = Bytes.of(java.util.Arrays.copyOf(good.toArray(), length));
            assertThrows(TreeException.class, () -> StateTree.at(key -> Optional.of(cut), 0));
        }
        NodeReader rootOnly = key -> key.equals(root) ? nodes.node(key) : Optional.empty();
        StateTree broken = StateTree.at(rootOnly, 0);
        assertThrows(TreeException.class, () -> broken.update(1, changes(new Random(2), 300)));
        assertThrows(TreeException.class, () -> StaleList.decode(Bytes.of(new byte[8])));
        assertThrows(TreeException.class, () -> StaleList.decode(Bytes.fromHex("000000000000000040")));
    }

    @Test
    void theCacheIsBoundedAndAnswersLikeItsReader() {
        MemoryNodes nodes = new MemoryNodes(new Retention(0));
        NodeCache cache = new NodeCache(nodes, 20_000);
        Random random = new Random(5);
        StateTree tree = StateTree.empty();
        for (int version = 0; version < 30; version++) {
            TreeUpdate update = tree.update(version, changes(random, 100));
            nodes.store(update);
            cache.stored(update);
            tree = StateTree.at(cache, update);
            assertTrue(cache.size() <= 20_000, cache.size() + " bytes");
            nodes.nodes().forEach((key, node) -> assertEquals(Optional.of(node), cache.node(key)));
            update.stale().forEach(key -> assertEquals(Optional.empty(), cache.node(key)));
        }
        assertTrue(cache.size() > 10_000, cache.size() + " bytes");
    }
}
