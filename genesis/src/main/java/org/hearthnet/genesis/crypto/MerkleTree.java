package org.hearthnet.genesis.crypto;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * Binary Merkle trees in the shape of RFC 6962, section 2.1: the left subtree is the largest power of two smaller than
 * the number of leaves. Leaves are hashes already made in a domain of their own. The root also covers the number of
 * leaves, so that a proof cannot be re-read at another size.
 */
public final class MerkleTree {
    private static final String NODE = "hearth/merkle-node/1";
    private static final String ROOT = "hearth/merkle-root/1";

    private MerkleTree() {}

    /** The hash of an inner node. */
    static Hash32 node(Hash32 left, Hash32 right) {
        return Hashing.in(NODE).add(left).add(right).finish();
    }

    /** The root of {@code size} leaves whose top node is {@code top}. */
    static Hash32 seal(long size, Hash32 top) {
        return Hashing.in(ROOT).add(size).add(top).finish();
    }

    /** The root of {@code leaves}, which may be empty. */
    public static Hash32 root(List<Hash32> leaves) {
        MerkleFrontier frontier = new MerkleFrontier();
        leaves.forEach(frontier::append);
        return frontier.root();
    }

    /**
     * The siblings from leaf {@code index} up to the top.
     *
     * @throws IndexOutOfBoundsException if there is no such leaf
     */
    public static List<Hash32> path(List<Hash32> leaves, int index) {
        java.util.Objects.checkIndex(index, leaves.size());
        List<Hash32> out = new ArrayList<>();
        List<Hash32> level = leaves;
        int at = index;
        while (level.size() > 1) {
            // An odd last node has no sibling: it moves up unchanged, which gives RFC 6962's shape.
            if ((at ^ 1) < level.size()) {
                out.add(level.get(at ^ 1));
            }
            level = parents(level);
            at >>= 1;
        }
        return out;
    }

    private static List<Hash32> parents(List<Hash32> level) {
        List<Hash32> out = new ArrayList<>((level.size() + 1) / 2);
        for (int i = 0; i + 1 < level.size(); i += 2) {
            out.add(node(level.get(i), level.get(i + 1)));
        }
        if ((level.size() & 1) == 1) {
            out.add(level.get(level.size() - 1));
        }
        return out;
    }

    /** Whether {@code path} proves that {@code leaf} is number {@code index} of {@code size} leaves under {@code root}. */
    public static boolean verify(Hash32 root, long size, long index, Hash32 leaf, List<Hash32> path) {
        if (index < 0 || index >= size) {
            return false;
        }
        Hash32 hash = leaf;
        long at = index;
        int used = 0;
        for (long width = size; width > 1; width = (width + 1) / 2) {
            if ((at ^ 1) < width) {
                if (used == path.size()) {
                    return false;
                }
                Hash32 sibling = path.get(used++);
                hash = (at & 1) == 0 ? node(hash, sibling) : node(sibling, hash);
            }
            at >>= 1;
        }
        return used == path.size() && seal(size, hash).equals(root);
    }
}
