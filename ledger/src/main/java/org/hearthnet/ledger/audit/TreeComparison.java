package org.hearthnet.ledger.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        this.firstList = ColumnComparison.firstVersion(store, Column.STALE);
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
        ColumnComparison.run(store, Column.TREE, nodes, "tree node").ifPresent(out::add);
        Map<Bytes, Bytes> lists = new HashMap<>();
        replayed.stale().forEach((version, list) -> lists.put(org.hearthnet.ledger.state.Keys.of(version), list));
        ColumnComparison.run(store, Column.STALE, lists, "stale nodes").ifPresent(out::add);
        return out;
    }
}
