package org.hearthnet.ledger.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.primitive.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Changes on top of a state that stays as it is. Overlays stack: a transaction's on a block's on the store.
 *
 * <p>Holds records as objects and encodes them once, when they are handed on; what was read from a store is kept, so that
 * a block reads every record once. For one thread.
 */
public final class Overlay implements StateReader {
    private final StateReader base;
    private final Map<Bytes, Cell> changes = new HashMap<>();
    /** Records of the base as they were read; stays empty on top of another overlay, which has them already. */
    private final Map<Bytes, Cell> seen = new HashMap<>();
    /** The changes in order, by table, for those tables that were scanned: most never are. */
    private final Map<Byte, TreeMap<Bytes, Cell>> sorted = new HashMap<>();

    /** No changes to {@code base} yet. */
    public Overlay(StateReader base) {
        this.base = base;
    }

    /** Sets a record. */
    public void put(Bytes key, Bytes value) {
        set(key, Cell.of(Optional.of(value)));
    }

    /**
     * Sets a record that is encoded later.
     *
     * @throws CodecException not here but in {@link #encode}, if the value has no encoding
     */
    <V> void put(Bytes key, V value, Codec<V> codec) {
        set(key, Cell.of(value, codec));
    }

    /** Removes a record, if there is one. */
    public void remove(Bytes key) {
        set(key, Cell.of(Optional.empty()));
    }

    private void set(Bytes key, Cell cell) {
        changes.put(key, cell);
        TreeMap<Bytes, Cell> table = key.length() == 0 ? null : sorted.get(key.get(0));
        if (table != null) {
            table.put(key, cell);
        }
    }

    /**
     * Encodes all changes.
     *
     * @throws CodecException if one has no encoding, because a list is over its limit
     */
    public void encode() {
        changes.values().forEach(Cell::bytes);
    }

    /** Takes over the changes of an overlay that was stacked on this one. */
    public void merge(Overlay upper) {
        upper.changes.forEach(this::set);
    }

    /** The changes so far, without those that change nothing. */
    public StateDelta delta() {
        TreeMap<Bytes, Optional<Bytes>> real = new TreeMap<>(KEY_ORDER);
        changes.forEach((key, cell) -> {
            if (!below(key).bytes().equals(cell.bytes())) {
                real.put(key, cell.bytes());
            }
        });
        return new StateDelta(real);
    }

    /** Reads records that will be asked for, all at once. */
    public void expect(Collection<Bytes> keys) {
        List<Bytes> unknown = keys.stream()
                .filter(key -> !changes.containsKey(key) && !seen.containsKey(key))
                .distinct()
                .toList();
        List<Optional<Bytes>> found = base.getAll(unknown);
        for (int i = 0; i < unknown.size(); i++) {
            seen.put(unknown.get(i), Cell.of(found.get(i)));
        }
    }

    @Override
    public Optional<Bytes> get(Bytes key) {
        return cell(key).bytes();
    }

    @Override
    public <V> Optional<V> read(Bytes key, Codec<V> codec) {
        return cell(key).value(codec);
    }

    private Cell cell(Bytes key) {
        Cell changed = changes.get(key);
        return changed == null ? below(key) : changed;
    }

    private Cell below(Bytes key) {
        if (base instanceof Overlay lower) {
            return lower.cell(key);
        }
        return seen.computeIfAbsent(key, k -> Cell.of(base.get(k)));
    }

    @Override
    public List<Entry> scan(Bytes prefix, Bytes from, int limit) {
        Map<Bytes, Cell> mine = changed(prefix, from);
        if (mine.isEmpty()) {
            return base.scan(prefix, from, limit);
        }
        // Each change can hide at most one record of the base.
        int reach = (int) Math.min(Integer.MAX_VALUE, (long) limit + mine.size());
        TreeMap<Bytes, Optional<Bytes>> merged = new TreeMap<>(KEY_ORDER);
        base.scan(prefix, from, reach).forEach(e -> merged.put(e.key(), Optional.of(e.value())));
        mine.forEach((key, cell) -> merged.put(key, cell.bytes()));
        List<Entry> out = new ArrayList<>();
        for (Map.Entry<Bytes, Optional<Bytes>> e : merged.entrySet()) {
            if (out.size() == limit) {
                break;
            }
            e.getValue().ifPresent(value -> out.add(new Entry(e.getKey(), value)));
        }
        return out;
    }

    private Map<Bytes, Cell> changed(Bytes prefix, Bytes from) {
        TreeMap<Bytes, Cell> out = new TreeMap<>(KEY_ORDER);
        for (Map.Entry<Bytes, Cell> e :
                table(prefix).tailMap(StateReader.start(prefix, from), true).entrySet()) {
            if (!StateReader.hasPrefix(e.getKey(), prefix)) {
                break;
            }
            out.put(e.getKey(), e.getValue());
        }
        return out;
    }

    /** The changes to the table of {@code prefix} in order; all changes for an empty prefix. */
    private TreeMap<Bytes, Cell> table(Bytes prefix) {
        if (prefix.length() == 0) {
            TreeMap<Bytes, Cell> all = new TreeMap<>(KEY_ORDER);
            all.putAll(changes);
            return all;
        }
        return sorted.computeIfAbsent(prefix.get(0), this::sort);
    }

    private TreeMap<Bytes, Cell> sort(byte table) {
        TreeMap<Bytes, Cell> out = new TreeMap<>(KEY_ORDER);
        changes.forEach((key, cell) -> {
            if (key.length() > 0 && key.get(0) == table) {
                out.put(key, cell);
            }
        });
        return out;
    }

    /** A record, or that there is none: as bytes, as an object, or as both. */
    private static final class Cell {
        private @Nullable Optional<Bytes> bytes;
        private @Nullable Object value;
        private final @Nullable Codec<Object> codec;

        private Cell(@Nullable Optional<Bytes> bytes, @Nullable Object value, @Nullable Codec<Object> codec) {
            this.bytes = bytes;
            this.value = value;
            this.codec = codec;
        }

        static Cell of(Optional<Bytes> bytes) {
            return new Cell(bytes, null, null);
        }

        @SuppressWarnings("unchecked") // the codec is only ever given this value
        static <V> Cell of(V value, Codec<V> codec) {
            return new Cell(null, value, (Codec<Object>) codec);
        }

        Optional<Bytes> bytes() {
            Optional<Bytes> known = bytes;
            if (known == null) {
                known = Optional.of(Bytes.owned(
                        java.util.Objects.requireNonNull(codec).encode(java.util.Objects.requireNonNull(value))));
                bytes = known;
            }
            return known;
        }

        @SuppressWarnings("unchecked") // a key's first byte is its table, and a table has one type
        <V> Optional<V> value(Codec<V> reader) {
            Object known = value;
            if (known == null) {
                known = bytes().map(b -> reader.decode(b.unsafeArray())).orElse(null);
                value = known;
            }
            return Optional.ofNullable((V) known);
        }
    }
}
