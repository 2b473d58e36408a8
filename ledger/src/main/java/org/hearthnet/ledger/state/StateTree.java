package org.hearthnet.ledger.state;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.MerkleTree;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * The Merkle tree over all records, whose root every header carries. Immutable.
 *
 * <p>Records fall into {@value #BUCKETS} buckets by the hash of their key; a bucket is a {@link MerkleTree} over its records
 * in order of keys, and a complete binary tree stands on the buckets. So the root depends on the records alone, not on
 * their history, and one changed record costs a bucket and 12 nodes. Holds a hash a record in memory: about 200 bytes.
 */
public final class StateTree {
    /** Number of buckets. */
    public static final int BUCKETS = 1 << 12;

    private static final String LEAF = "hearth/state-leaf/1";
    private static final String NODE = "hearth/state-node/1";
    private static final int PAGE = 1024;

    private static final StateTree EMPTY = makeEmpty();

    private final List<SortedMap<Bytes, Hash32>> buckets;
    /** Node 1 is the root, the children of node i are 2i and 2i + 1, bucket b is node BUCKETS + b. */
    private final Hash32[] nodes;

    private StateTree(List<SortedMap<Bytes, Hash32>> buckets, Hash32[] nodes) {
        this.buckets = buckets;
        this.nodes = nodes;
    }

    /** The tree of no records. */
    public static StateTree empty() {
        return EMPTY;
    }

    private static StateTree makeEmpty() {
        Hash32[] nodes = new Hash32[2 * BUCKETS];
        java.util.Arrays.fill(nodes, BUCKETS, nodes.length, MerkleTree.root(List.of()));
        for (int i = BUCKETS - 1; i > 0; i--) {
            nodes[i] = node(nodes[2 * i], nodes[2 * i + 1]);
        }
        return new StateTree(Collections.nCopies(BUCKETS, Collections.emptySortedMap()), nodes);
    }

    /** The tree of all records of {@code state}. */
    public static StateTree of(StateReader state) {
        TreeMap<Bytes, Optional<Bytes>> all = new TreeMap<>(StateReader.KEY_ORDER);
        Bytes from = Bytes.EMPTY;
        while (true) {
            List<StateReader.Entry> page = state.scan(Bytes.EMPTY, from, PAGE);
            page.forEach(e -> all.put(e.key(), Optional.of(e.value())));
            if (page.size() < PAGE) {
                return empty().apply(new StateDelta(all));
            }
            from = Keys.of(page.getLast().key(), Bytes.of(new byte[1])); // the smallest key after the last one
        }
    }

    /** The root. */
    public Hash32 root() {
        return nodes[1];
    }

    /** The tree after {@code delta}. */
    public StateTree apply(StateDelta delta) {
        Map<Integer, SortedMap<Bytes, Hash32>> touched = new HashMap<>();
        delta.changes().forEach((key, value) -> {
            SortedMap<Bytes, Hash32> bucket = touched.computeIfAbsent(bucketOf(key), this::copyOfBucket);
            if (value.isPresent()) {
                bucket.put(key, leaf(key, value.get()));
            } else {
                bucket.remove(key);
            }
        });
        List<SortedMap<Bytes, Hash32>> newBuckets = new java.util.ArrayList<>(buckets);
        touched.forEach(newBuckets::set);
        return new StateTree(newBuckets, rehash(touched));
    }

    private SortedMap<Bytes, Hash32> copyOfBucket(int bucket) {
        SortedMap<Bytes, Hash32> copy = new TreeMap<>(StateReader.KEY_ORDER);
        copy.putAll(buckets.get(bucket));
        return copy;
    }

    private Hash32[] rehash(Map<Integer, SortedMap<Bytes, Hash32>> touched) {
        Hash32[] next = nodes.clone();
        java.util.SortedSet<Integer> parents = new java.util.TreeSet<>(java.util.Comparator.reverseOrder());
        touched.forEach((bucket, leaves) -> {
            next[BUCKETS + bucket] = MerkleTree.root(List.copyOf(leaves.values()));
            parents.add((BUCKETS + bucket) / 2);
        });
        while (!parents.isEmpty() && parents.first() > 0) {
            int parent = parents.removeFirst();
            next[parent] = node(next[2 * parent], next[2 * parent + 1]);
            parents.add(parent / 2);
        }
        return next;
    }

    private static int bucketOf(Bytes key) {
        byte[] digest = Hashing.sha256().digest(key.unsafeArray());
        return ((digest[0] & 0xFF) << 4) | ((digest[1] & 0xFF) >>> 4);
    }

    private static Hash32 leaf(Bytes key, Bytes value) {
        return Hashing.in(LEAF)
                .add(key.length())
                .add(key.unsafeArray())
                .add(Hashing.sha256().digest(value.unsafeArray()))
                .finish();
    }

    private static Hash32 node(Hash32 left, Hash32 right) {
        return Hashing.in(NODE).add(left).add(right).finish();
    }
}
