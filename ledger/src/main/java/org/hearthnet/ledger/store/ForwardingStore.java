package org.hearthnet.ledger.store;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.tree.NodeReader;
import org.hearthnet.ledger.tree.TreeUpdate;

/** A store in front of another one. */
public abstract class ForwardingStore implements LedgerStore {
    private final LedgerStore store;

    /** In front of {@code store}. */
    protected ForwardingStore(LedgerStore store) {
        this.store = store;
    }

    @Override
    public void append(SealedBlock block, StateDelta delta, TreeUpdate tree) {
        store.append(block, delta, tree);
    }

    @Override
    public NodeReader nodes() {
        return store.nodes();
    }

    @Override
    public long height() {
        return store.height();
    }

    @Override
    public StateReader state() {
        return store.state();
    }

    @Override
    public Optional<PastStates> past() {
        return store.past();
    }

    @Override
    public long base() {
        return store.base();
    }

    @Override
    public Optional<Block> block(long height) {
        return store.block(height);
    }

    @Override
    public Optional<Long> heightOf(Hash32 block) {
        return store.heightOf(block);
    }

    @Override
    public Optional<SealedHeader> header(long height) {
        return store.header(height);
    }

    @Override
    public List<SealedHeader> headers(long from, int count) {
        return store.headers(from, count);
    }

    @Override
    public Optional<TransactionPlace> transaction(Hash32 id) {
        return store.transaction(id);
    }

    @Override
    public void close() {
        store.close();
    }
}
