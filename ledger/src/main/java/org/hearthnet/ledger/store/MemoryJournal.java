package org.hearthnet.ledger.store;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.ledger.consensus.Promise;
import org.hearthnet.ledger.member.Journal;

/** Promises in memory: for stores that do not outlive the process either. */
public final class MemoryJournal implements Journal {
    private final List<Promise> promises = new ArrayList<>();

    @Override
    public synchronized void keep(Promise promise) {
        promises.add(promise);
    }

    @Override
    public synchronized List<Promise> of(long height) {
        return promises.stream().filter(p -> p.height() == height).toList();
    }

    @Override
    public synchronized void forgetBelow(long height) {
        promises.removeIf(p -> p.height() < height);
    }
}
