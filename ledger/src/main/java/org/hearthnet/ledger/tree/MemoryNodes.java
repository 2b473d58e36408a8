package org.hearthnet.ledger.tree;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.hearthnet.genesis.primitive.Bytes;

/** Nodes in memory: the twin of what a store keeps on disk, for tests, replays and chains that are not kept. */
public final class MemoryNodes implements NodeReader {
    private final Retention retention;
    private final Map<NodeKey, Bytes> nodes = new ConcurrentHashMap<>();
    private final NavigableMap<Long, Bytes> stale = new TreeMap<>();

    /** No nodes. */
    public MemoryNodes(Retention retention) {
        this.retention = retention;
    }

    /** Takes over an update and forgets what is older than the retention. */
    public synchronized void store(TreeUpdate update) {
        nodes.putAll(update.nodes());
        stale.put(update.version(), StaleList.encode(update.stale()));
        prune(retention.prunable(update.version()));
    }

    /** Forgets the nodes that versions up to {@code version} made stale. */
    public synchronized void prune(long version) {
        Map<Long, Bytes> old = stale.headMap(version, true);
        old.values().forEach(list -> StaleList.decode(list).forEach(nodes::remove));
        old.clear();
    }

    @Override
    public Optional<Bytes> node(NodeKey key) {
        return Optional.ofNullable(nodes.get(key));
    }

    /** All nodes. */
    public Map<NodeKey, Bytes> nodes() {
        return Collections.unmodifiableMap(nodes);
    }

    /** Encoded lists of stale nodes, by the version that made them stale. */
    public synchronized NavigableMap<Long, Bytes> stale() {
        return new TreeMap<>(stale);
    }
}
