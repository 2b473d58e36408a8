package org.hearthnet.ledger.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.ledger.store.MemoryStore.MemoryState;

/** Overlays against a plain map. */
class StateTest {
    /** A change: short keys, so that prefixes and collisions are frequent. */
    record Change(Bytes key, Optional<Bytes> value) {}

    @Provide
    Arbitrary<Bytes> keys() {
        return Arbitraries.bytes()
                .between((byte) 0, (byte) 3)
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(Bytes::of);
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<Optional<Bytes>> values = Arbitraries.bytes()
                .array(byte[].class)
                .ofMaxSize(3)
                .map(Bytes::of)
                .optional(0.7);
        return Combinators.combine(keys(), values).as(Change::new).list().ofMaxSize(40);
    }

    private static StateDelta delta(List<Change> changes) {
        TreeMap<Bytes, Optional<Bytes>> map = new TreeMap<>(StateReader.KEY_ORDER);
        changes.forEach(c -> map.put(c.key(), c.value()));
        return new StateDelta(map);
    }

    private static MemoryState apply(List<List<Change>> all) {
        MemoryState state = new MemoryState();
        all.forEach(changes -> state.apply(delta(changes)));
        return state;
    }

    private static void change(Overlay overlay, List<Change> changes) {
        changes.forEach(c -> c.value().ifPresentOrElse(v -> overlay.put(c.key(), v), () -> overlay.remove(c.key())));
    }

    @Property
    void overlaysReadLikeTheStateAfterThem(
            @ForAll("changes") List<Change> base,
            @ForAll("changes") List<Change> lower,
            @ForAll("changes") List<Change> upper,
            @ForAll("keys") Bytes prefix) {
        MemoryState model = apply(List.of(base, lower, upper));
        Overlay bottom = new Overlay(apply(List.of(base)));
        change(bottom, lower);
        Overlay top = new Overlay(bottom);
        change(top, upper);
        assertEquals(model.get(prefix), top.get(prefix));
        for (int limit : new int[] {0, 1, 3, 100}) {
            assertEquals(model.scan(prefix, limit), top.scan(prefix, limit));
            assertEquals(model.scan(prefix, Bytes.EMPTY, limit), top.scan(prefix, Bytes.EMPTY, limit));
            assertEquals(model.scan(Bytes.EMPTY, prefix, limit), top.scan(Bytes.EMPTY, prefix, limit));
        }
        bottom.merge(top);
        MemoryState applied = apply(List.of(base));
        applied.apply(bottom.delta());
        assertEquals(model.scan(Bytes.EMPTY, 100), applied.scan(Bytes.EMPTY, 100));
    }

    @Property
    void aDeltaHoldsRealChangesOnly(@ForAll("changes") List<Change> some) {
        Overlay overlay = new Overlay(apply(List.of(some)));
        change(
                overlay,
                List.copyOf(delta(some).changes().entrySet().stream()
                        .map(e -> new Change(e.getKey(), e.getValue()))
                        .toList()));
        assertEquals(0, overlay.delta().changes().size());
    }
}
