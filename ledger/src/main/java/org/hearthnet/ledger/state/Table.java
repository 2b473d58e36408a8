package org.hearthnet.ledger.state;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.primitive.Bytes;

/**
 * One kind of record: a first byte for its keys and the encoding of its values.
 *
 * @param <V> type of the values
 */
public final class Table<V> {
    private final Bytes prefix;
    private final Codec<V> codec;

    Table(char prefix, Class<V> type) {
        this.prefix = Bytes.of(new byte[] {(byte) prefix});
        this.codec = Codec.of(type);
    }

    /**
     * A record with its key.
     *
     * @param key without the table's byte
     * @param value the record
     */
    public record Row<V>(Bytes key, V value) {}

    /** The full key of {@code key}. */
    public Bytes key(Bytes key) {
        return Keys.of(prefix, key);
    }

    /** The value of a record of the state, if {@code fullKey} is one of this table's. */
    public Optional<V> decode(Bytes fullKey, Bytes value) {
        return StateReader.hasPrefix(fullKey, prefix)
                ? Optional.of(codec.decode(value.unsafeArray()))
                : Optional.empty();
    }

    /** The record under {@code key}. */
    public Optional<V> get(StateReader state, Bytes key) {
        return state.read(key(key), codec);
    }

    /** Whether there is a record under {@code key}. */
    public boolean has(StateReader state, Bytes key) {
        return state.get(key(key)).isPresent();
    }

    /** Sets the record under {@code key}. */
    public void put(Overlay state, Bytes key, V value) {
        state.put(key(key), value, codec);
    }

    /** Removes the record under {@code key}, if there is one. */
    public void remove(Overlay state, Bytes key) {
        state.remove(key(key));
    }

    /** Up to {@code limit} records whose key begins with {@code start}, in order. */
    public List<Row<V>> scan(StateReader state, Bytes start, int limit) {
        Bytes from = key(start);
        return rows(state.scan(from, from, limit));
    }

    /** Up to {@code limit} records from {@code from} on, in order. */
    public List<Row<V>> scanFrom(StateReader state, Bytes from, int limit) {
        return rows(state.scan(prefix, key(from), limit));
    }

    private List<Row<V>> rows(List<StateReader.Entry> entries) {
        return entries.stream()
                .map(e -> new Row<>(tail(e.key()), codec.decode(e.value().unsafeArray())))
                .toList();
    }

    private static Bytes tail(Bytes key) {
        return Bytes.owned(java.util.Arrays.copyOfRange(key.unsafeArray(), 1, key.length()));
    }
}
