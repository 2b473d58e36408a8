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
        Node node = rootNode();
        Map<NodeKey, Bytes> nodes = new LinkedHashMap<>();
        List<NodeKey> stale = new ArrayList<>();
        apply(reader, node, sorted(changes), next, nodes, stale);
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

    static List<Updater.Change> sorted(Map<Bytes, Optional<Bytes>> changes) {
        TreeHash hash = new TreeHash();
        List<Updater.Change> out = new ArrayList<>(changes.size());
        changes.forEach((key, value) -> out.add(
                new Updater.Change(hash.path(key), value.map(hash::value).orElse(null))));
        out.sort(Comparator.comparing(Updater.Change::path));
        return out;
    }

    /** Changes the root {@code node} and collects what is new and what is stale below it. */
    static void apply(
            NodeReader reader,
            Node node,
            List<Updater.Change> changes,
            long next,
            Map<NodeKey, Bytes> nodes,
            List<NodeKey> stale) {
        for (Part part : parts(reader, node, changes, next)) {
            node.set(part.nibble, part.slot);
            nodes.putAll(part.updater.nodes());
            stale.addAll(part.updater.stale());
        }
    }

    /** What became of one of the root's slots. */
    private record Part(int nibble, @Nullable Slot slot, Updater updater) {}

    private static List<Part> parts(NodeReader reader, Node root, List<Updater.Change> changes, long next) {
        List<List<Updater.Change>> groups = new ArrayList<>();
        int from = 0;
        while (from < changes.size()) {
            int to = Updater.end(changes, from, 0);
            groups.add(changes.subList(from, to));
            from = to;
        }
        IntStream each = IntStream.range(0, groups.size());
        return (changes.size() < PARALLEL ? each : each.parallel())
                .mapToObj(i -> part(reader, root, groups.get(i), next))
                .toList();
    }

    private static Part part(NodeReader reader, Node root, List<Updater.Change> group, long next) {
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
        Prover prover = new Prover(reader, new TreeHash().path(key), Path.BITS);
        StateProof.End end = StateProof.end(key, value, prover.walk(rootNode()));
        StateProof proof = new StateProof(key, end, prover.siblings());
        if (!proof.proves(root, value)) {
            throw new TreeException("version " + version + " has another record under " + key.toHex());
        }
        return proof;
    }

    /**
     * A range's place in the tree.
     *
     * @param proof for the records of the range
     * @param only path of the only record at the end of the way, if the way ends before the range
     */
    public record Way(RangeProof proof, Optional<Hash32> only) {}

    /**
     * The way to a range; the records themselves come from the state.
     *
     * @throws TreeException if a node is missing
     */
    public Way way(PathRange range) {
        Prover prover = new Prover(reader, range.from(), range.bits());
        Slot last = prover.walk(rootNode());
        boolean early = prover.siblings().size() < range.bits();
        return new Way(
                new RangeProof(prover.siblings()),
                early && last instanceof Slot.Leaf leaf ? Optional.of(leaf.path()) : Optional.empty());
    }

    /**
     * Reads every node of this version and compares its hash with what the node above it says.
     *
     * @return the first node that is missing or damaged
     */
    public Optional<String> damage() {
        try {
            return damage(rootNode(), Hash32.ZERO, 0);
        } catch (TreeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> damage(Node node, Hash32 prefix, int depth) {
        for (int i = 0; i < Node.SLOTS; i++) {
            if (node.get(i) instanceof Slot.Child child) {
                Hash32 below = Path.with(prefix, depth, i);
                NodeKey key = new NodeKey(child.version(), depth + 1, below);
                Node found = Updater.read(reader, key);
                if (!found.hash(new TreeHash()).equals(child.hash())) {
                    return Optional.of(key + " has another hash than the node above it says");
                }
                Optional<String> deeper = damage(found, below, depth + 1);
                if (deeper.isPresent()) {
                    return deeper;
                }
            }
        }
        return Optional.empty();
    }
}
