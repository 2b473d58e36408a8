package org.hearthnet.ledger.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * A tree of one version that grows record by record, in any order, until it has all of them: how a node without history builds
 * the tree of a block. Unlike that of a chain its nodes are replaced in place, so nobody may read it before it is whole.
 */
public final class StagedTree {
    private final NodeReader reader;
    private final long version;

    /** The tree of which {@code reader} has the nodes so far, maybe none. */
    public StagedTree(NodeReader reader, long version) {
        this.reader = reader;
        this.version = version;
    }

    /** The hash of the records so far. */
    public Hash32 root() {
        return rootNode().hash(new TreeHash());
    }

    private Node rootNode() {
        NodeKey key = NodeKey.root(version);
        return reader.node(key).map(bytes -> Node.decode(key, bytes)).orElseGet(Node::empty);
    }

    /** The nodes that adding {@code records} makes or replaces; nothing is stale. */
    public TreeUpdate add(Map<Bytes, Bytes> records) {
        Map<Bytes, Optional<Bytes>> changes = new LinkedHashMap<>();
        records.forEach((key, value) -> changes.put(key, Optional.of(value)));
        Node root = rootNode();
        Map<NodeKey, Bytes> nodes = new LinkedHashMap<>();
        List<NodeKey> replaced = new ArrayList<>(); // by nodes of the same version, under the same keys
        StateTree.apply(reader, root, StateTree.sorted(changes), version, nodes, replaced);
        nodes.put(NodeKey.root(version), root.encode());
        return new TreeUpdate(version, root.hash(new TreeHash()), nodes, List.of());
    }
}
