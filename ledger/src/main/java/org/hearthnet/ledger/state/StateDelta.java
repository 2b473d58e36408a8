package org.hearthnet.ledger.state;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hearthnet.genesis.primitive.Bytes;

/**
 * The changes of one block.
 *
 * @param changes new value of each changed key; empty for a removed record
 */
public record StateDelta(SortedMap<Bytes, Optional<Bytes>> changes) {
    /** Copies the changes. */
    public StateDelta {
        SortedMap<Bytes, Optional<Bytes>> copy = new TreeMap<>(StateReader.KEY_ORDER);
        copy.putAll(changes);
        changes = Collections.unmodifiableSortedMap(copy);
    }
}
