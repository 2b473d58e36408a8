package org.hearthnet.ledger.store;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * The state as it was after earlier blocks, as far back as a store keeps it. Safe for use by several threads, also while blocks
 * are added. Throws {@link StoreException} of the reason {@link StoreException.Reason#GONE} for a height that is not kept, or not
 * any more.
 */
public interface PastStates {
    /** Most records of one answer. */
    int MAX_RECORDS = 8192;

    /**
     * A record of the state with its place in the tree.
     *
     * @param path hash of the key
     * @param key of the record
     * @param value of the record
     */
    record PathRecord(Hash32 path, Bytes key, Bytes value) {}

    /** The first height of which the state is kept, and that of every later block. */
    long oldest();

    /** The record under {@code key} after the block of {@code height}. */
    Optional<Bytes> value(Bytes key, long height);

    /**
     * Records after the block of {@code height}, in order of paths from {@code from} on: all that there are, or the first ones until
     * their keys and values have more than {@code targetBytes} bytes, but two at least and {@value #MAX_RECORDS} at most.
     */
    List<PathRecord> records(long height, Hash32 from, int targetBytes);
}
