package org.hearthnet.ledger.state;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.primitive.Bytes;

/** A consistent view of all records: bytes under bytes, ordered by key as unsigned bytes. */
public interface StateReader {
    /** The order of keys. */
    Comparator<Bytes> KEY_ORDER = Comparator.naturalOrder();

    /** A state without records. */
    StateReader NOTHING = new StateReader() {
        @Override
        public Optional<Bytes> get(Bytes key) {
            return Optional.empty();
        }

        @Override
        public List<Entry> scan(Bytes prefix, Bytes from, int limit) {
            return List.of();
        }
    };

    /** A record. */
    record Entry(Bytes key, Bytes value) {}

    /** The record under {@code key}. */
    Optional<Bytes> get(Bytes key);

    /** The records under {@code keys}, in order: faster than one by one where they are on a disk. */
    default List<Optional<Bytes>> getAll(List<Bytes> keys) {
        return keys.stream().map(this::get).toList();
    }

    /**
     * The decoded record under {@code key}.
     *
     * @param codec of the key's table
     */
    default <V> Optional<V> read(Bytes key, Codec<V> codec) {
        return get(key).map(value -> codec.decode(value.unsafeArray()));
    }

    /** Up to {@code limit} records whose key begins with {@code prefix} and is not before {@code from}, in order. */
    List<Entry> scan(Bytes prefix, Bytes from, int limit);

    /** Up to {@code limit} records whose key begins with {@code prefix}, in order. */
    default List<Entry> scan(Bytes prefix, int limit) {
        return scan(prefix, prefix, limit);
    }

    /** Where a scan begins: keys before {@code prefix} cannot begin with it. */
    static Bytes start(Bytes prefix, Bytes from) {
        return KEY_ORDER.compare(prefix, from) > 0 ? prefix : from;
    }

    /** Whether {@code key} begins with {@code prefix}. */
    static boolean hasPrefix(Bytes key, Bytes prefix) {
        return key.length() >= prefix.length()
                && java.util.Arrays.mismatch(
                                key.unsafeArray(), 0, prefix.length(), prefix.unsafeArray(), 0, prefix.length())
                        < 0;
    }
}
