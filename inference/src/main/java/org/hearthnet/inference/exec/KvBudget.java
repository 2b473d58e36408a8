package org.hearthnet.inference.exec;

/** A hard limit on the bytes of all caches that share it. Thread-safe. */
public final class KvBudget {
    private final long limitBytes;
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

    synchronized void take(long bytes) {
        if (bytes > limitBytes - usedBytes) {
            throw new KvExhaustedException("the cache needs " + bytes + " more bytes, but only "
                    + (limitBytes - usedBytes) + " of " + limitBytes + " are free");
        }
        usedBytes += bytes;
    }

    synchronized void giveBack(long bytes) {
        usedBytes -= bytes;
    }
}
