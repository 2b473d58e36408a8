package org.hearthnet.ledger.audit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.ledger.audit.AuditReport.AuditError;
import org.hearthnet.ledger.rocksdb.Column;
import org.hearthnet.ledger.rocksdb.RocksStore;

/** A stored column against what a replay expects in it, byte for byte. */
final class ColumnComparison {
    private ColumnComparison() {}

    /**
     * The first record that differs or is missing.
     *
     * @param expected all records; what is found is removed, until something differs
     */
    static Optional<AuditError> run(RocksStore store, Column column, Map<Bytes, Bytes> expected, String what) {
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

    /** The version that the first record of a column has as its key; the one after the last block if there is none. */
    static long firstVersion(RocksStore store, Column column) {
        long[] first = {store.height() + 1};
        store.scan(column, (at, list) -> {
            first[0] = ByteBuffer.wrap(at).getLong();
            return false;
        });
        return first[0];
    }
}
