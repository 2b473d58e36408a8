package org.hearthnet.ledger.audit;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.ledger.audit.AuditReport.AuditError;
import org.hearthnet.ledger.rocksdb.Column;
import org.hearthnet.ledger.rocksdb.PastRecord;
import org.hearthnet.ledger.rocksdb.RocksStore;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.tree.PathRange;

/** The stored values of the past and the index by path against those of a replay, byte for byte. */
final class PastComparison {
    private final RocksStore store;
    private final long first;
    private final Map<Bytes, Bytes> past = new HashMap<>();
    private final Map<Bytes, Bytes> changed = new HashMap<>();

    PastComparison(RocksStore store) {
        this.store = store;
        this.first = ColumnComparison.firstVersion(store, Column.CHANGED);
    }

    /** Sees the changes of a block before they are made. */
    void block(long version, StateReader before, StateDelta delta) {
        if (version < first) {
            return;
        }
        ByteArrayOutputStream paths = new ByteArrayOutputStream();
        delta.changes().keySet().forEach(key -> {
            byte[] path = PathRange.pathOf(key).toArray();
            paths.writeBytes(path);
            byte[] record = PastRecord.encode(key, before.get(key).map(Bytes::unsafeArray));
            past.put(Bytes.owned(PastRecord.at(path, version)), Bytes.owned(record));
        });
        changed.put(Keys.of(version), Bytes.owned(paths.toByteArray()));
    }

    /** What differs, against the {@code records} that the state has at the end. */
    List<AuditError> errors(Iterable<StateReader.Entry> records) {
        List<AuditError> out = new ArrayList<>();
        ColumnComparison.run(store, Column.PAST, past, "past record").ifPresent(out::add);
        ColumnComparison.run(store, Column.CHANGED, changed, "list of changes").ifPresent(out::add);
        Map<Bytes, Bytes> paths = new HashMap<>();
        records.forEach(
                entry -> paths.put(Bytes.owned(PathRange.pathOf(entry.key()).toArray()), entry.key()));
        ColumnComparison.run(store, Column.PATHS, paths, "path").ifPresent(out::add);
        return out;
    }
}
