package org.hearthnet.ledger.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hearthnet.genesis.primitive.Bytes;
import org.jspecify.annotations.Nullable;

/** Changes on top of a state that stays as it is. Overlays stack: a transaction's on a block's on the store. */
public final class Overlay implements StateReader {
    private final StateReader base;
    private final TreeMap<Bytes, Optional<Bytes>> changes = new TreeMap<>(KEY_ORDER);

    /** No changes to {@code base} yet. */
    public Overlay(StateReader base) {
        this.base = base;
    }

    /** Sets a record. */
    public void put(Bytes key, Bytes value) {
        changes.put(key, Optional.of(value));
    }

    /** Removes a record, if there is one. */
    public void remove(Bytes key) {
        changes.put(key, Optional.empty());
    }

    /** Takes over the changes of an overlay that was stacked on this one. */
    public void merge(Overlay upper) {
        changes.putAll(upper.changes);
    }

    /** The changes so far, without those that change nothing. */
    public StateDelta delta() {
        TreeMap<Bytes, Optional<Bytes>> real = new TreeMap<>(KEY_ORDER);
        changes.forEach((key, value) -> {
            if (!base.get(key).equals(value)) {
                real.put(key, value);
            }
        });
        return new StateDelta(real);
    }

    @Override
    public Optional<Bytes> get(Bytes key) {
        @Nullable Optional<Bytes> changed = changes.get(key);
        return changed == null ? base.get(key) : changed;
    }

    @Override
    public List<Entry> scan(Bytes prefix, Bytes from, int limit) {
        Map<Bytes, Optional<Bytes>> mine = changed(prefix, from);
        if (mine.isEmpty()) {
            return base.scan(prefix, from, limit);
        }
        // Each change can hide at most one record of the base.
        int reach = (int) Math.min(Integer.MAX_VALUE, (long) limit + mine.size());
        TreeMap<Bytes, Optional<Bytes>> merged = new TreeMap<>(KEY_ORDER);
        base.scan(prefix, from, reach).forEach(e -> merged.put(e.key(), Optional.of(e.value())));
        merged.putAll(mine);
        List<Entry> out = new ArrayList<>();
        for (Map.Entry<Bytes, Optional<Bytes>> e : merged.entrySet()) {
            if (out.size() == limit) {
                break;
            }
            e.getValue().ifPresent(value -> out.add(new Entry(e.getKey(), value)));
        }
        return out;
    }

    private Map<Bytes, Optional<Bytes>> changed(Bytes prefix, Bytes from) {
        TreeMap<Bytes, Optional<Bytes>> out = new TreeMap<>(KEY_ORDER);
        for (Map.Entry<Bytes, Optional<Bytes>> e :
                changes.tailMap(StateReader.start(prefix, from), true).entrySet()) {
            if (!StateReader.hasPrefix(e.getKey(), prefix)) {
                break;
            }
            out.put(e.getKey(), e.getValue());
        }
        return out;
    }
}
