package org.hearthnet.ledger.tree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.jspecify.annotations.Nullable;

/**
 * One version of the tree over all records: a compact sparse Merkle tree, see {@link TreeHash}, whose root every header
 * carries. Immutable, and holds nothing but its root node in memory. The root depends on the records alone, not on their
 * history.
 */
public final class StateTree {
    /** From so many changes on the sixteen subtrees are computed in parallel. */
    private static final int PARALLEL = 128;

    private final NodeReader reader;
    private final long version;
    private final Hash32 root;

    private StateTree(NodeReader reader, long version, Hash32 root) {
        this.reader = reader;
        this.version = version;
        this.root = root;
    }

    /** The tree of no records, before every version. */
    public static StateTree empty() {
        return new StateTree(key -> Optional.empty(), -1, TreeHash.EMPTY);
    }

    /**
     * A stored version.
     *
     * @throws TreeException if {@code reader} does not have it
     */
    public static StateTree at(NodeReader reader, long version) {
        return new StateTree(
                reader, version, Updater.read(reader, NodeKey.root(version)).hash(new TreeHash()));
    }

    /** A version that was computed; {@code reader} must have its nodes, or get them before they are asked for. */
    public static StateTree at(NodeReader reader, TreeUpdate update) {
        return new StateTree(reader, update.version(), update.root());
    }

    /** The tree after {@code update}, which nobody needs to have stored. */
    public StateTree with(TreeUpdate update) {
        return at(update.over(reader), update);
    }

    /** The hash of all records. */
    public Hash32 root() {
        return root;
    }

    /** The height of the block after which the tree is like this; -1 for the empty tree. */
    public long version() {
        return version;
    }

    /**
     * Computes a new version and changes nothing.
     *
     * @param next its number, greater than this tree's
     * @param changes new value of each changed key; empty for a removed record
     * @throws TreeException if a node is missing
     */
    public TreeUpdate update(long next, Map<Bytes, Optional<Bytes>> changes) {
        if (next <= version) {
            throw new IllegalArgumentException("version " + next + " after " + version);
        }
        List<Updater.Change> sorted = sorted(changes);
        Node node = rootNode();
        List<Part> parts = parts(node, sorted, next);
        Map<NodeKey, Bytes> nodes = new LinkedHashMap<>();
        List<NodeKey> stale = new ArrayList<>();
        for (Part part : parts) {
            node.set(part.nibble, part.slot);
            nodes.putAll(part.updater.nodes());
            stale.addAll(part.updater.stale());
        }
        // The root is stored with every version, also if nothing changed: so it is found by the height alone.
        nodes.put(NodeKey.root(next), node.encode());
        if (version >= 0) {
            stale.add(NodeKey.root(version));
        }
        return new TreeUpdate(next, node.hash(new TreeHash()), nodes, stale);
    }

    private Node rootNode() {
        return version < 0 ? Node.empty() : Updater.read(reader, NodeKey.root(version));
    }

    private static List<Updater.Change> sorted(Map<Bytes, Optional<Bytes>> changes) {
        TreeHash hash = new TreeHash();
        List<Updater.Change> out = new ArrayList<>(changes.size());
        changes.forEach((key, value) -> out.add(
                new Updater.Change(hash.path(key), value.map(hash::value).orElse(null))));
        out.sort(Comparator.comparing(Updater.Change::path));
        return out;
    }

    /** What became of one of the root's slots. */
    private record Part(int nibble, @Nullable Slot slot, Updater updater) {}

    private List<Part> parts(Node root, List<Updater.Change> changes, long next) {
        List<List<Updater.Change>> groups = new ArrayList<>();
        int from = 0;
        while (from < changes.size()) {
            int to = Updater.end(changes, from, 0);
            groups.add(changes.subList(from, to));
            from = to;
        }
        IntStream each = IntStream.range(0, groups.size());
        return (changes.size() < PARALLEL ? each : each.parallel())
                .mapToObj(i -> part(root, groups.get(i), next))
                .toList();
    }

    private Part part(Node root, List<Updater.Change> group, long next) {
        int nibble = Path.nibble(group.getFirst().path(), 0);
        Updater updater = new Updater(reader, next);
        return new Part(nibble, updater.slot(root.get(nibble), group, 1), updater);
    }

    /**
     * Proves the record under {@code key}, or that there is none.
     *
     * @param value of the record, as the state has it
     * @throws TreeException if {@code value} is not what this version has, or a node is missing
     */
    public StateProof prove(Bytes key, Optional<Bytes> value) {
        StateProof proof = new Prover(reader, key, value).prove(rootNode());
        if (!proof.proves(root, value)) {
            throw new TreeException("version " + version + " has another record under " + key.toHex());
        }
        return proof;
    }
}
