package org.hearthnet.ledger.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.jspecify.annotations.Nullable;

/** Applies changes below one place of the tree; collects new and stale nodes. For one thread. */
final class Updater {
    private final NodeReader reader;
    private final long version;
    private final TreeHash hash = new TreeHash();
    private final Map<NodeKey, Bytes> nodes = new LinkedHashMap<>();
    private final List<NodeKey> stale = new ArrayList<>();

    Updater(NodeReader reader, long version) {
        this.reader = reader;
        this.version = version;
    }

    /**
     * A changed record.
     *
     * @param path hash of its key
     * @param value hash of its new value; null if it was removed
     */
    record Change(Hash32 path, @Nullable Hash32 value) {}

    Map<NodeKey, Bytes> nodes() {
        return nodes;
    }

    List<NodeKey> stale() {
        return stale;
    }

    /** Changes the slots of {@code node}; says whether one is another now. */
    boolean change(Node node, List<Change> changes, int depth) {
        boolean changed = false;
        int from = 0;
        while (from < changes.size()) {
            int nibble = Path.nibble(changes.get(from).path(), depth);
            int to = end(changes, from, depth);
            Slot before = node.get(nibble);
            Slot after = slot(before, changes.subList(from, to), depth + 1);
            node.set(nibble, after);
            changed |= before != after;
            from = to;
        }
        return changed;
    }

    /** Where the changes end that go into the same slot as the one at {@code from}; they are sorted by path. */
    static int end(List<Change> changes, int from, int depth) {
        int nibble = Path.nibble(changes.get(from).path(), depth);
        int to = from + 1;
        while (to < changes.size() && Path.nibble(changes.get(to).path(), depth) == nibble) {
            to++;
        }
        return to;
    }

    /** What stands in a slot after the changes; the same object if nothing is different. */
    @Nullable
    Slot slot(@Nullable Slot before, List<Change> changes, int depth) {
        return switch (before) {
            case null -> fresh(null, changes, depth);
            case Slot.Leaf leaf -> fresh(leaf, changes, depth);
            case Slot.Child child -> below(child, changes, depth);
        };
    }

    /** Changes where nothing or one record was. */
    private @Nullable Slot fresh(Slot.@Nullable Leaf leaf, List<Change> changes, int depth) {
        Change first = changes.getFirst();
        if (changes.size() == 1 && (leaf == null || leaf.path().equals(first.path()))) {
            return leaf(leaf, first);
        }
        Node node = Node.empty();
        if (leaf != null) {
            node.set(Path.nibble(leaf.path(), depth), leaf);
        }
        change(node, changes, depth);
        return keep(node, first.path(), depth);
    }

    private static Slot.@Nullable Leaf leaf(Slot.@Nullable Leaf before, Change change) {
        Hash32 value = change.value();
        if (value == null) {
            return null;
        }
        return before != null && before.value().equals(value) ? before : new Slot.Leaf(change.path(), value);
    }

    private @Nullable Slot below(Slot.Child child, List<Change> changes, int depth) {
        Hash32 path = changes.getFirst().path();
        NodeKey key = NodeKey.on(path, child.version(), depth);
        Node node = read(reader, key);
        if (!change(node, changes, depth)) {
            return child;
        }
        stale.add(key);
        return keep(node, path, depth);
    }

    /** A node that has at least two records below it is kept; of others the record is left, or nothing. */
    private @Nullable Slot keep(Node node, Hash32 path, int depth) {
        if (node.isEmpty(0, Node.SLOTS)) {
            return null;
        }
        Slot only = node.onlyLeaf();
        if (only != null) {
            return only;
        }
        nodes.put(NodeKey.on(path, version, depth), node.encode());
        return new Slot.Child(version, node.hash(hash));
    }

    static Node read(NodeReader reader, NodeKey key) {
        return Node.decode(key, reader.node(key).orElseThrow(() -> new TreeException(key + " is missing")));
    }
}
