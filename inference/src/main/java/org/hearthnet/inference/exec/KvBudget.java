package org.hearthnet.inference.exec;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** A hard limit on the bytes of all caches that share it. Thread-safe. */
public final class KvBudget {
    private final long limitBytes;
    private final List<BooleanSupplier> reserves = new CopyOnWriteArrayList<>();
    private long usedBytes;

    /** A budget of {@code limitBytes}. */
    public KvBudget(long limitBytes) {
        if (limitBytes < 0) {
            throw new IllegalArgumentException("a budget cannot be negative: " + limitBytes);
        }
        this.limitBytes = limitBytes;
    }

    /** The limit. */
    public long limitBytes() {
        return limitBytes;
    }

    /** What is taken. */
    public synchronized long usedBytes() {
        return usedBytes;
    }

    /**
     * Before anybody is refused, {@code reserve} is asked to let go of something that is only worth keeping where there is
     * room; it returns whether it had something.
     */
    void addReserve(BooleanSupplier reserve) {
        reserves.add(reserve);
    }

    void removeReserve(BooleanSupplier reserve) {
        reserves.remove(reserve);
    }

    void take(long bytes) {
        while (!tryTake(bytes)) {
            // Without the lock: who lets go takes its own lock first, and then this one.
            if (bytes > limitBytes || reserves.stream().noneMatch(BooleanSupplier::getAsBoolean)) {
                throw refusal(bytes);
            }
        }
    }

    private synchronized boolean tryTake(long bytes) {
        boolean fits = bytes <= limitBytes - usedBytes;
        usedBytes += fits ? bytes : 0;
        return fits;
    }

    private synchronized KvExhaustedException refusal(long bytes) {
        return new KvExhaustedException("the cache needs " + bytes + " more bytes, but only " + (limitBytes - usedBytes)
                + " of " + limitBytes + " are free");
    }

    synchronized void giveBack(long bytes) {
        usedBytes -= bytes;
    }
}
