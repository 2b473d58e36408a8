package org.hearthnet.ledger.audit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.ledger.audit.AuditReport.AuditError;
import org.hearthnet.ledger.rocksdb.Column;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.ledger.tree.MemoryNodes;

/** The stored nodes of the tree and lists of stale ones against those of a replay, byte for byte. */
final class TreeComparison {
    private final RocksStore store;
    private final long firstList;

    TreeComparison(RocksStore store) {
        this.store = store;
        long[] first = {store.height() + 1};
        store.scan(Column.STALE, (at, list) -> {
            first[0] = ByteBuffer.wrap(at).getLong();
            return false;
        });
        this.firstList = first[0];
    }

    /** The first version whose stale nodes the store still has. */
    long firstList() {
        return firstList;
    }

    /** The first stored record that is not the replay's, and records that are missing. */
    List<AuditError> errors(MemoryNodes replayed) {
        List<AuditError> out = new ArrayList<>();
        Map<Bytes, Bytes> nodes = new HashMap<>();
        replayed.nodes().forEach((key, node) -> nodes.put(Bytes.owned(key.encode()), node));
        compare(Column.TREE, nodes, "tree node").ifPresent(out::add);
        Map<Bytes, Bytes> lists = new HashMap<>();
        replayed.stale().forEach((version, list) -> lists.put(org.hearthnet.ledger.state.Keys.of(version), list));
        compare(Column.STALE, lists, "stale nodes").ifPresent(out::add);
        return out;
    }

    /** Removes from {@code expected} what is found, until something differs. */
    private Optional<AuditError> compare(Column column, Map<Bytes, Bytes> expected, String what) {
        List<AuditError> found = new ArrayList<>();
        store.scan(column, (key, value) -> {
            Bytes at = Bytes.owned(key);
            if (!Optional.of(Bytes.owned(value)).equals(Optional.ofNullable(expected.remove(at)))) {
                found.add(new AuditError(what + " " + at.toHex(), "is not what the replay gives"));
            }
            return found.isEmpty();
        });
        if (found.isEmpty() && !expected.isEmpty()) {
            found.add(new AuditError(
                    what + " " + expected.keySet().iterator().next().toHex(), "is missing"));
        }
        return found.stream().findFirst();
    }
}
