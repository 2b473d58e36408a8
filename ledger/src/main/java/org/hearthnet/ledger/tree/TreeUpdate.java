package org.hearthnet.ledger.tree;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * A computed new version of a tree that nobody has stored yet. A store writes {@code nodes} together with the block, and
 * may delete {@code stale} as soon as nobody asks for the version before any more.
 *
 * @param version of the tree: the block's height
 * @param root hash of all records
 * @param nodes new nodes with their encodings
 * @param stale nodes of the version before that this one does not have
 */
public record TreeUpdate(long version, Hash32 root, Map<NodeKey, Bytes> nodes, List<NodeKey> stale) {
    /** The nodes of {@code base} and these, for a tree on top of what is not stored yet. */
    public NodeReader over(NodeReader base) {
        return key -> {
            Bytes mine = nodes.get(key);
            return mine == null ? base.node(key) : Optional.of(mine);
        };
    }
}
