package org.hearthnet.ledger.tree;

import java.util.Optional;
import org.hearthnet.genesis.primitive.Bytes;

/** Where a tree finds its nodes. Safe for use by several threads. */
@FunctionalInterface
public interface NodeReader {
    /** The encoded node under {@code key}, if it is there. */
    Optional<Bytes> node(NodeKey key);
}
