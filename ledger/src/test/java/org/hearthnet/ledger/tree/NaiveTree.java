package org.hearthnet.ledger.tree;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.state.StateReader;

/** The root by its definition, from all records at once, with a plain digest: the oracle of the tree. */
public final class NaiveTree {
    private NaiveTree() {}

    /** The root over a state of at most a million records. */
    public static Hash32 root(StateReader state) {
        Map<Bytes, Bytes> records = new HashMap<>();
        state.scan(Bytes.EMPTY, 1_000_000).forEach(e -> records.put(e.key(), e.value()));
        return root(records);
    }

    /** The root over given records. */
    public static Hash32 root(Map<Bytes, Bytes> records) {
        TreeMap<String, Hash32> leaves = new TreeMap<>();
        records.forEach((key, value) -> {
            Hash32 path = hash("hearth/state-path/1", key.toArray());
            Hash32 valueHash = hash("hearth/state-value/1", value.toArray());
            leaves.put(bits(path), hash("hearth/state-leaf/2", path.toArray(), valueHash.toArray()));
        });
        return subtree(List.copyOf(leaves.entrySet()), 0);
    }

    private static Hash32 subtree(List<Map.Entry<String, Hash32>> leaves, int depth) {
        if (leaves.isEmpty()) {
            return Hash32.ZERO;
        }
        if (leaves.size() == 1) {
            return leaves.getFirst().getValue();
        }
        List<Map.Entry<String, Hash32>> left =
                leaves.stream().filter(e -> e.getKey().charAt(depth) == '0').toList();
        List<Map.Entry<String, Hash32>> right =
                leaves.stream().filter(e -> e.getKey().charAt(depth) == '1').toList();
        return hash(
                "hearth/state-node/2",
                subtree(left, depth + 1).toArray(),
                subtree(right, depth + 1).toArray());
    }

    private static String bits(Hash32 path) {
        StringBuilder out = new StringBuilder();
        for (byte b : path.toArray()) {
            out.append(Integer.toBinaryString((b & 0xFF) | 0x100), 1, 9);
        }
        return out.toString();
    }

    private static Hash32 hash(String domain, byte[]... parts) {
        MessageDigest digest = Hashing.sha256();
        digest.update((byte) domain.length());
        digest.update(domain.getBytes(StandardCharsets.US_ASCII));
        for (byte[] part : parts) {
            digest.update(part);
        }
        return Hash32.of(digest.digest());
    }
}
