package org.hearthnet.inference.exec;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The budget for one page of every layer of a stage: taken once, however many sequences begin with that page, and given back
 * when the last of them lets go. Thread-safe.
 */
final class PageCharge {
    private final KvBudget budget;
    private final long bytes;
    private final AtomicInteger users = new AtomicInteger(1);

    /** For {@code bytes} that were taken from {@code budget}. */
    PageCharge(KvBudget budget, long bytes) {
        this.budget = budget;
        this.bytes = bytes;
    }

    /**
     * Whether others use the page too, so that nobody may write to it. If not, only its one user can make it shared: so the
     * answer stays true for that user.
     */
    boolean isShared() {
        return users.get() > 1;
    }

    /** One more user, by one that there is. */
    PageCharge share() {
        users.incrementAndGet();
        return this;
    }

    /** One user less. */
    void drop() {
        if (users.decrementAndGet() == 0) {
            budget.giveBack(bytes);
        }
    }
}
