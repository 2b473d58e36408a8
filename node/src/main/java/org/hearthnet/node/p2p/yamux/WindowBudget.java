package org.hearthnet.node.p2p.yamux;

/** What the windows of a session may grow by, shared by its streams. */
final class WindowBudget {
    private final int maxWindow;
    private long left;

    WindowBudget(int maxWindow, long total) {
        this.maxWindow = maxWindow;
        this.left = total;
    }

    /** The bytes by which a window of this size may grow: to double at most. */
    synchronized long grow(long window) {
        long growth = Math.max(0, Math.min(Math.min(window, maxWindow - window), left));
        left -= growth;
        return growth;
    }

    synchronized void release(long growth) {
        left += growth;
    }
}
