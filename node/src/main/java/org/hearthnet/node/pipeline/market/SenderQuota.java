package org.hearthnet.node.pipeline.market;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hearthnet.genesis.primitive.NodeId;

/** How much each sender may say: so many messages a window. Remembers a bounded number of senders. Thread-safe. */
public final class SenderQuota {
    static final int MAX_SENDERS = 4096;

    private final int perWindow;
    private final long windowNanos;
    private final Map<NodeId, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<NodeId, Window> eldest) {
            return size() > MAX_SENDERS;
        }
    };

    private record Window(long sinceNanos, int count) {}

    /** A quota of {@code perWindow} messages in {@code windowNanos}. */
    public SenderQuota(int perWindow, long windowNanos) {
        this.perWindow = perWindow;
        this.windowNanos = windowNanos;
    }

    /** Counts one message at time {@code nowNanos}; whether it is within the quota. */
    public synchronized boolean take(NodeId sender, long nowNanos) {
        Window window = windows.get(sender);
        if (window == null || nowNanos - window.sinceNanos >= windowNanos) {
            window = new Window(nowNanos, 0);
        }
        boolean within = window.count < perWindow;
        windows.put(sender, new Window(window.sinceNanos, within ? window.count + 1 : window.count));
        return within;
    }

    /** Senders that are remembered. */
    synchronized int size() {
        return windows.size();
    }
}
