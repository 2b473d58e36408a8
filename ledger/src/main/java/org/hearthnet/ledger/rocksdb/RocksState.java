package org.hearthnet.ledger.rocksdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.ledger.state.StateReader;

/** The records of the state as the last block left them. */
record RocksState(Database database) implements StateReader {
    @Override
    public List<Optional<Bytes>> getAll(List<Bytes> keys) {
        List<byte[]> wanted = keys.stream().map(Bytes::unsafeArray).toList();
        return database.getAll(Column.STATE, wanted).stream()
                .map(value -> Optional.ofNullable(value).map(Bytes::owned))
                .toList();
    }

    @Override
    public Optional<Bytes> get(Bytes key) {
        return database.get(Column.STATE, key.unsafeArray()).map(Bytes::owned);
    }

    @Override
    public List<Entry> scan(Bytes prefix, Bytes from, int limit) {
        List<Entry> out = new ArrayList<>();
        if (limit > 0) {
            byte[] start = StateReader.start(prefix, from).toArray();
            database.scan(Column.STATE, start, (key, value) -> {
                Bytes found = Bytes.owned(key);
                boolean inside = StateReader.hasPrefix(found, prefix);
                if (inside) {
                    out.add(new Entry(found, Bytes.owned(value)));
                }
                return inside && out.size() < limit;
            });
        }
        return out;
    }
}
