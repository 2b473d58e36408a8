package org.hearthnet.genesis.crypto;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.primitive.Hash32;
import org.jspecify.annotations.Nullable;

/**
 * A {@link MerkleTree} that only grows: memory and work for one more leaf are logarithmic, so the running root of a
 * stream of positions is cheap.
 */
public final class MerkleFrontier {
    // full.get(k): the complete subtree of 2^k leaves that is waiting for a right sibling, or null.
    private final List<@Nullable Hash32> full = new ArrayList<>();
    private long size;

    /** Adds a leaf. */
    public void append(Hash32 leaf) {
        Hash32 carry = leaf;
        for (int level = 0; ; level++) {
            if (level == full.size()) {
                full.add(null);
            }
            Hash32 left = full.get(level);
            if (left == null) {
                full.set(level, carry);
                break;
            }
            full.set(level, null);
            carry = MerkleTree.node(left, carry);
        }
        size++;
    }

    /** Number of leaves so far. */
    public long size() {
        return size;
    }

    /** The root of the leaves so far. */
    public Hash32 root() {
        Hash32 top = null;
        for (Hash32 subtree : full) {
            if (subtree != null) {
                top = top == null ? subtree : MerkleTree.node(subtree, top);
            }
        }
        return MerkleTree.seal(size, top == null ? Hash32.ZERO : top);
    }
}
