package org.hearthnet.ledger.tree;

import java.util.List;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * A proof that certain records are all that a state has in a range of paths.
 *
 * @param siblings hashes beside the way from the root to the range; fewer than the range has bits if the way ends before, at
 *     nothing or at a single record
 */
public record RangeProof(@Limit(Path.BITS) List<Hash32> siblings) {
    /** Longest value of a record in bytes. */
    public static final int MAX_VALUE = StateProof.MAX_VALUE;

    /**
     * A record of the state.
     *
     * @param key of the record
     * @param value of the record
     */
    public record KeyValue(
            @Limit(StateProof.MAX_KEY) Bytes key,
            @Limit(MAX_VALUE) Bytes value) {}

    /** Copies the list. */
    public RangeProof {
        siblings = List.copyOf(siblings);
    }

    /**
     * Checks the proof. Pure; a few hashes a record and at most 256 more.
     *
     * @param root a header's state root
     * @param range the range in question
     * @param records in ascending order of their paths; where the way ends before the range, the one record at its end, which
     *     may be outside
     * @throws ProofException unless these are all records of the range in the state with this root
     */
    public void verify(Hash32 root, PathRange range, List<KeyValue> records) {
        int depth = siblings.size();
        if (depth > range.bits() || depth < range.bits() && records.size() > 1) {
            throw new ProofException("the proof ends at another depth than the range");
        }
        TreeHash hash = new TreeHash();
        Leaf[] leaves = leaves(hash, range.from(), depth, records);
        Hash32 top = subtree(hash, leaves, 0, leaves.length, depth);
        for (int bit = depth - 1; bit >= 0; bit--) {
            Hash32 sibling = siblings.get(bit);
            top = Path.bit(range.from(), bit) == 0 ? hash.node(top, sibling) : hash.node(sibling, top);
        }
        if (!top.equals(root)) {
            throw new ProofException("the records lead to root " + top + ", not to " + root);
        }
    }

    private record Leaf(Hash32 path, Hash32 hash) {}

    private static Leaf[] leaves(TreeHash hash, Hash32 from, int depth, List<KeyValue> records) {
        Leaf[] out = new Leaf[records.size()];
        for (int i = 0; i < out.length; i++) {
            KeyValue record = records.get(i);
            Hash32 path = hash.path(record.key());
            if (Path.common(from, path) < depth || i > 0 && out[i - 1].path().compareTo(path) >= 0) {
                throw new ProofException("a record is out of order or outside of the range");
            }
            out[i] = new Leaf(path, hash.leaf(path, hash.value(record.value())));
        }
        return out;
    }

    /** The hash of the leaves {@code from} to {@code to}, which agree in their first {@code depth} bits and are sorted. */
    private static Hash32 subtree(TreeHash hash, Leaf[] leaves, int from, int to, int depth) {
        if (to - from <= 1) {
            return from == to ? TreeHash.EMPTY : leaves[from].hash();
        }
        int middle = from;
        while (middle < to && Path.bit(leaves[middle].path(), depth) == 0) {
            middle++;
        }
        return hash.node(subtree(hash, leaves, from, middle, depth + 1), subtree(hash, leaves, middle, to, depth + 1));
    }
}
