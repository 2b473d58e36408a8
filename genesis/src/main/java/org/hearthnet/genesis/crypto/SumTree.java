package org.hearthnet.genesis.crypto;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * A Merkle <em>sum</em> tree: each node carries the sum of the fees and of the layer-tokens below it, and its hash covers
 * both children's sums, so a root proves totals. Shape as in {@link MerkleTree}.
 */
public final class SumTree {
    private static final String NODE = "hearth/sum-node/1";
    private static final String ROOT = "hearth/sum-root/1";

    private SumTree() {}

    /** A node or leaf: hash, fees and layer-tokens. */
    public record Sum(Hash32 hash, Amount fee, long layerTokens) {
        /** Checks that the count is not negative. */
        public Sum {
            if (layerTokens < 0) {
                throw new ArithmeticException("negative layer-tokens");
            }
        }
    }

    private static Sum node(Sum left, Sum right) {
        Hash32 hash = Hashing.in(NODE)
                .add(left.hash)
                .add(left.fee.sparks())
                .add(left.layerTokens)
                .add(right.hash)
                .add(right.fee.sparks())
                .add(right.layerTokens)
                .finish();
        return new Sum(hash, left.fee.plus(right.fee), Math.addExact(left.layerTokens, right.layerTokens));
    }

    private static Sum seal(int size, Sum top) {
        Hash32 hash = Hashing.in(ROOT)
                .add(size)
                .add(top.hash)
                .add(top.fee.sparks())
                .add(top.layerTokens)
                .finish();
        return new Sum(hash, top.fee, top.layerTokens);
    }

    /** The root of at least one leaf, with the totals. */
    public static Sum root(List<Sum> leaves) {
        List<Sum> level = leaves;
        while (level.size() > 1) {
            level = parents(level);
        }
        return seal(leaves.size(), level.getFirst());
    }

    private static List<Sum> parents(List<Sum> level) {
        List<Sum> out = new ArrayList<>((level.size() + 1) / 2);
        for (int i = 0; i + 1 < level.size(); i += 2) {
            out.add(node(level.get(i), level.get(i + 1)));
        }
        if ((level.size() & 1) == 1) {
            out.add(level.getLast());
        }
        return out;
    }

    /** The siblings from leaf {@code index} up to the top. */
    public static List<Sum> path(List<Sum> leaves, int index) {
        java.util.Objects.checkIndex(index, leaves.size());
        List<Sum> out = new ArrayList<>();
        List<Sum> level = leaves;
        int at = index;
        while (level.size() > 1) {
            if ((at ^ 1) < level.size()) {
                out.add(level.get(at ^ 1));
            }
            level = parents(level);
            at >>= 1;
        }
        return out;
    }

    /** Whether {@code path} proves {@code leaf} to be number {@code index} of {@code size} under {@code root} and its sums. */
    public static boolean verify(Sum root, int size, int index, Sum leaf, List<Sum> path) {
        if (index < 0 || index >= size) {
            return false;
        }
        try {
            Sum sum = leaf;
            int at = index;
            int used = 0;
            for (int width = size; width > 1; width = (width + 1) / 2) {
                if ((at ^ 1) < width) {
                    if (used == path.size()) {
                        return false;
                    }
                    Sum sibling = path.get(used++);
                    sum = (at & 1) == 0 ? node(sum, sibling) : node(sibling, sum);
                }
                at >>= 1;
            }
            return used == path.size() && seal(size, sum).equals(root);
        } catch (ArithmeticException e) {
            return false; // sums that overflow prove nothing
        }
    }
}
