package org.hearthnet.ledger.store;

import java.util.List;
import java.util.function.Consumer;
import org.hearthnet.ledger.consensus.Promise;
import org.hearthnet.ledger.member.Journal;

/** A journal that says aloud that a promise could not be kept: whoever runs the node then ends it. */
public final class GuardedJournal implements Journal {
    private final Journal journal;
    private final Consumer<StoreException> onFailure;

    /** @param onFailure hears of a failure, on the thread that wanted to write; must not block */
    public GuardedJournal(Journal journal, Consumer<StoreException> onFailure) {
        this.journal = journal;
        this.onFailure = onFailure;
    }

    private void guarded(Runnable write) {
        try {
            write.run();
        } catch (StoreException e) {
            onFailure.accept(e);
            throw e;
        }
    }

    @Override
    public void keep(Promise promise) {
        guarded(() -> journal.keep(promise));
    }

    @Override
    public List<Promise> of(long height) {
        return journal.of(height);
    }

    @Override
    public void forgetBelow(long height) {
        guarded(() -> journal.forgetBelow(height));
    }
}
