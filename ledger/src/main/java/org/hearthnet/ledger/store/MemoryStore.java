package org.hearthnet.ledger.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.tree.MemoryNodes;
import org.hearthnet.ledger.tree.NodeReader;
import org.hearthnet.ledger.tree.Retention;
import org.hearthnet.ledger.tree.TreeUpdate;

/** A store in memory, for tests and for replays. */
public final class MemoryStore implements LedgerStore {
    private final MemoryState state = new MemoryState();
    private final MemoryNodes nodes = new MemoryNodes(Retention.DEFAULT);
    private final List<SealedBlock> blocks = new ArrayList<>();
    private final Map<Hash32, Long> heights = new HashMap<>();
    private final Map<Hash32, TransactionPlace> transactions = new HashMap<>();

    /** State records in memory. */
    public static final class MemoryState implements StateReader {
        private final ConcurrentSkipListMap<Bytes, Bytes> records = new ConcurrentSkipListMap<>(KEY_ORDER);

        /** Applies changes. */
        public void apply(StateDelta delta) {
            delta.changes()
                    .forEach(
                            (key, value) -> value.ifPresentOrElse(v -> records.put(key, v), () -> records.remove(key)));
        }

        @Override
        public Optional<Bytes> get(Bytes key) {
            return Optional.ofNullable(records.get(key));
        }

        @Override
        public List<Entry> scan(Bytes prefix, Bytes from, int limit) {
            return records.tailMap(StateReader.start(prefix, from), true).entrySet().stream()
                    .takeWhile(e -> StateReader.hasPrefix(e.getKey(), prefix))
                    .limit(limit)
                    .map(e -> new Entry(e.getKey(), e.getValue()))
                    .toList();
        }
    }

    @Override
    public synchronized long height() {
        return blocks.size() - 1L;
    }

    @Override
    public synchronized void append(SealedBlock sealed, StateDelta delta, TreeUpdate tree) {
        Block block = sealed.block();
        if (block.height() != blocks.size()) {
            throw new IllegalArgumentException("block " + block.height() + " after " + height());
        }
        blocks.add(sealed);
        heights.put(block.hash(), block.height());
        for (int i = 0; i < block.transactions().size(); i++) {
            transactions.put(block.transactions().get(i).id(), new TransactionPlace(block.height(), i));
        }
        state.apply(delta);
        nodes.store(tree);
    }

    @Override
    public NodeReader nodes() {
        return nodes;
    }

    @Override
    public StateReader state() {
        return state;
    }

    @Override
    public synchronized Optional<Block> block(long height) {
        return height < 0 || height >= blocks.size()
                ? Optional.empty()
                : Optional.of(blocks.get((int) height).block());
    }

    @Override
    public synchronized Optional<Long> heightOf(Hash32 block) {
        return Optional.ofNullable(heights.get(block));
    }

    @Override
    public synchronized Optional<SealedHeader> header(long height) {
        return height < 0 || height >= blocks.size()
                ? Optional.empty()
                : Optional.of(blocks.get((int) height).header());
    }

    @Override
    public List<SealedHeader> headers(long from, int count) {
        List<SealedHeader> out = new ArrayList<>();
        for (long h = from; out.size() < Math.min(count, MAX_HEADERS); h++) {
            Optional<SealedHeader> header = header(h);
            if (header.isEmpty()) {
                break;
            }
            out.add(header.get());
        }
        return out;
    }

    @Override
    public synchronized Optional<TransactionPlace> transaction(Hash32 id) {
        return Optional.ofNullable(transactions.get(id));
    }

    @Override
    public void close() {}
}
