package org.hearthnet.ledger.tree;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Bytes;

/**
 * Nodes read or written last, in front of a slower reader. Bounded in bytes; what was not used for longest goes first, so
 * the upper nodes, which every way passes, stay. Safe for use by several threads.
 */
public final class NodeCache implements NodeReader {
    /** Java objects around an encoded node, bytes; roughly. */
    private static final int OVERHEAD = 200;

    private final NodeReader reader;
    private final long maxBytes;
    private final Map<NodeKey, Bytes> nodes = new LinkedHashMap<>(1024, 0.75f, true);
    private long bytes;

    /** An empty cache of at most {@code maxBytes} in front of {@code reader}. */
    public NodeCache(NodeReader reader, long maxBytes) {
        this.reader = reader;
        this.maxBytes = maxBytes;
    }

    @Override
    public Optional<Bytes> node(NodeKey key) {
        synchronized (this) {
            Bytes known = nodes.get(key);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<Bytes> found = reader.node(key); // without the lock: others need not wait for the disk
        found.ifPresent(node -> put(key, node));
        return found;
    }

    /** Takes over the nodes of an update that was stored, in exchange for those that it made stale. */
    public synchronized void stored(TreeUpdate update) {
        update.stale().forEach(this::remove);
        update.nodes().forEach(this::put);
    }

    private synchronized void put(NodeKey key, Bytes node) {
        Bytes before = nodes.put(key, node);
        bytes += node.length() + (before == null ? OVERHEAD : -before.length());
        while (bytes > maxBytes && !nodes.isEmpty()) {
            remove(nodes.keySet().iterator().next());
        }
    }

    private synchronized void remove(NodeKey key) {
        Bytes gone = nodes.remove(key);
        bytes -= gone == null ? 0 : gone.length() + OVERHEAD;
    }

    /** Bytes that the cache holds now. */
    synchronized long size() {
        return bytes;
    }
}
