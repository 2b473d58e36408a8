package org.hearthnet.ledger.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.store.PastStates.PathRecord;
import org.hearthnet.ledger.tree.PathRange;
import org.hearthnet.ledger.tree.RangeProof;
import org.hearthnet.ledger.tree.RangeProof.KeyValue;
import org.hearthnet.ledger.tree.StateProof;
import org.hearthnet.ledger.tree.StateTree;
import org.hearthnet.ledger.tree.TreeException;

/** Records of past states with their proofs. Its methods throw {@link StoreException.Reason#GONE} for what is not kept. */
public final class PastReader {
    private final LedgerStore store;

    /** Reads in {@code store}, also while blocks are added. */
    public PastReader(LedgerStore store) {
        this.store = store;
    }

    /**
     * Records with the proof that they are all of their range.
     *
     * @param range where they belong
     * @param records what {@link RangeProof#verify} takes
     * @param proof good against the state root of the block
     */
    public record ProvenRange(PathRange range, List<KeyValue> records, RangeProof proof) {}

    /** Proves the record under {@code key} after the block of {@code height}, or that there was none. */
    public StateProof prove(Bytes key, long height) {
        return orGone(height, () -> {
            Optional<Bytes> value = states().value(key, height);
            return StateTree.at(store.nodes(), height).prove(key, value);
        });
    }

    /**
     * The records after the block of {@code height} from {@code from} on: the largest range that begins there, is within
     * {@code within}, and has at most {@code targetBytes} bytes of records, or one record.
     */
    public ProvenRange range(long height, Hash32 from, PathRange within, int targetBytes) {
        return orGone(height, () -> {
            List<PathRecord> found = states().records(height, from, targetBytes);
            PathRange range = range(found, from, within, targetBytes);
            StateTree.Way way = StateTree.at(store.nodes(), height).way(range);
            return new ProvenRange(range, records(height, found, range, way), way.proof());
        });
    }

    private static PathRange range(List<PathRecord> found, Hash32 from, PathRange within, int targetBytes) {
        long bytes = found.stream()
                .mapToLong(r -> r.key().length() + r.value().length())
                .sum();
        boolean cut = bytes > targetBytes || found.size() >= PastStates.MAX_RECORDS;
        // The last record made it too much, unless the whole range ends before it.
        return cut && found.size() > 1
                ? PathRange.before(from, found.getLast().path(), within)
                : PathRange.largest(from, within);
    }

    private List<KeyValue> records(long height, List<PathRecord> found, PathRange range, StateTree.Way way) {
        if (way.proof().siblings().size() == range.bits()) {
            return found.stream()
                    .filter(r -> range.contains(r.path()))
                    .map(r -> new KeyValue(r.key(), r.value()))
                    .toList();
        }
        return way.only().stream()
                .map(path -> states().records(height, path, 0).getFirst())
                .map(r -> new KeyValue(r.key(), r.value()))
                .toList();
    }

    private PastStates states() {
        return store.past()
                .orElseThrow(() -> new StoreException(
                        StoreException.Reason.GONE, "this node keeps no state but that of the last block"));
    }

    private static <T> T orGone(long height, Supplier<T> work) {
        try {
            return work.get();
        } catch (TreeException e) {
            // Pruned between two looks: the tree's nodes are not read at one moment.
            throw new StoreException(
                    StoreException.Reason.GONE,
                    "the state after block " + height + " is not kept: " + e.getMessage(),
                    e);
        }
    }
}
