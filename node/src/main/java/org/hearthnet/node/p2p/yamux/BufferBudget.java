package org.hearthnet.node.p2p.yamux;

import org.jspecify.annotations.Nullable;

/**
 * A limit on received bytes that wait to be read. Windows alone limit a stream; many streams of many sessions, all left
 * unread, would still add up. A session has a budget, and the sessions of a host share one above it.
 */
public final class BufferBudget {
    private final long limit;
    private final @Nullable BufferBudget parent;
    private long used;

    /** @param parent charged as well, if there is one */
    public BufferBudget(long limit, @Nullable BufferBudget parent) {
        this.limit = limit;
        this.parent = parent;
    }

    /** False, with nothing charged, if there is no room. */
    boolean charge(long bytes) {
        synchronized (this) {
            if (used + bytes > limit) {
                return false;
            }
            used += bytes;
        }
        if (parent != null && !parent.charge(bytes)) {
            releaseHere(bytes);
            return false;
        }
        return true;
    }

    void release(long bytes) {
        releaseHere(bytes);
        if (parent != null) {
            parent.release(bytes);
        }
    }

    private synchronized void releaseHere(long bytes) {
        used -= bytes;
    }

    /** Bytes that wait at present. */
    public synchronized long used() {
        return used;
    }
}
