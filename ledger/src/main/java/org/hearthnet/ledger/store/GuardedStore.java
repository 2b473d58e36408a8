package org.hearthnet.ledger.store;

import java.util.function.Consumer;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.tree.TreeUpdate;

/**
 * A store that looks at the disk before each block, and says aloud, once, that a block could not be stored: whoever runs the
 * node then ends it. After such a failure it takes no more blocks, since nobody knows what the disk has until the store is
 * opened again.
 */
public final class GuardedStore extends ForwardingStore {
    private final SpaceGuard guard;
    private final Consumer<StoreException> onFailure;
    private boolean failed;

    /**
     * A guard around {@code store}.
     *
     * @param onFailure hears the first failure, on the thread that wanted to store a block; must not block
     */
    public GuardedStore(LedgerStore store, SpaceGuard guard, Consumer<StoreException> onFailure) {
        super(store);
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
            super.append(block, delta, tree);
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.CLOSED) {
                failed = true;
                onFailure.accept(e);
            }
            throw e;
        }
    }
}
