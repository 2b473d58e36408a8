package org.hearthnet.ledger.tree;

import org.hearthnet.genesis.primitive.Hash32;

/** What stands at one of the sixteen places of a node, unless nothing does. */
sealed interface Slot {
    /**
     * A single record.
     *
     * @param path hash of its key
     * @param value hash of its value
     */
    record Leaf(Hash32 path, Hash32 value) implements Slot {}

    /**
     * A node with two or more records below it.
     *
     * @param version of the node
     * @param hash of everything below it
     */
    record Child(long version, Hash32 hash) implements Slot {}
}
