package org.hearthnet.ledger.tree;

import org.hearthnet.genesis.crypto.DomainHash;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * The hashes of the tree. They alone define it; how nodes are grouped and stored does not matter.
 *
 * <p>The <em>path</em> of a record is a hash of its key, read from the most significant bit on. The hash of a set of records
 * that agree in the first {@code d} bits of their paths is
 *
 * <ul>
 *   <li>32 zero bytes, if it is empty;
 *   <li>the <em>leaf</em> hash of (path, hash of the value), if it has one record;
 *   <li>the <em>node</em> hash of those records whose bit {@code d} is 0 and of those whose bit {@code d} is 1, else.
 * </ul>
 *
 * <p>The state root is the hash of all records, with {@code d} = 0. Not safe for use by several threads at one time.
 */
public final class TreeHash {
    /** The hash of no records. */
    public static final Hash32 EMPTY = Hash32.ZERO;

    private static final String PATH = "hearth/state-path/1";
    private static final String VALUE = "hearth/state-value/1";
    private static final String LEAF = "hearth/state-leaf/2";
    private static final String NODE = "hearth/state-node/2";

    private final DomainHash path = new DomainHash(PATH);
    private final DomainHash value = new DomainHash(VALUE);
    private final DomainHash leaf = new DomainHash(LEAF);
    private final DomainHash node = new DomainHash(NODE);

    /** Where the record of {@code key} belongs. */
    public Hash32 path(Bytes key) {
        return path.of(key.unsafeArray());
    }

    /** The hash of a record's value. */
    public Hash32 value(Bytes bytes) {
        return value.of(bytes.unsafeArray());
    }

    /** The hash of a single record. */
    public Hash32 leaf(Hash32 recordPath, Hash32 valueHash) {
        return leaf.of(recordPath, valueHash);
    }

    /** The hash of two or more records. */
    public Hash32 node(Hash32 left, Hash32 right) {
        return node.of(left, right);
    }
}
