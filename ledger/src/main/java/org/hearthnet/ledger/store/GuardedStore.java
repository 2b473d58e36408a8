package org.hearthnet.ledger.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.tree.NodeReader;
import org.hearthnet.ledger.tree.TreeUpdate;

/**
 * A store that looks at the disk before each block, and says aloud, once, that a block could not be stored: whoever runs the
 * node then ends it. After such a failure it takes no more blocks, since nobody knows what the disk has until the store is
 * opened again.
 */
public final class GuardedStore implements LedgerStore {
    private final LedgerStore store;
    private final SpaceGuard guard;
    private final Consumer<StoreException> onFailure;
    private boolean failed;

    /**
     * A guard around {@code store}.
     *
     * @param onFailure hears the first failure, on the thread that wanted to store a block; must not block
     */
    public GuardedStore(LedgerStore store, SpaceGuard guard, Consumer<StoreException> onFailure) {
        this.store = store;
        this.guard = guard;
        this.onFailure = onFailure;
    }

    @Override
    public synchronized void append(SealedBlock block, StateDelta delta, TreeUpdate tree) {
        if (failed) {
            throw new StoreException(
                    StoreException.Reason.READ_ONLY,
                    "the store failed before and takes no more blocks until it is opened again");
        }
        try {
            guard.require(0);
            store.append(block, delta, tree);
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.CLOSED) {
                failed = true;
                onFailure.accept(e);
            }
            throw e;
        }
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
