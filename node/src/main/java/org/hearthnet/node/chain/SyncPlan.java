package org.hearthnet.node.chain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which blocks to ask whom for, and the blocks that arrived before their turn. A block is kept only inside a window above
 * the own height, and only up to a number of bytes, so no peer can make this grow.
 *
 * <p>No clock, no I/O; not safe for several threads.
 *
 * @param <P> names a peer
 * @param <B> a block
 */
final class SyncPlan<P, B> {
    /**
     * How much is under way.
     *
     * @param rangeBlocks most blocks of one request
     * @param windowBlocks how far above the own height blocks are kept or asked for
     * @param maxBufferedBytes most bytes of kept blocks
     * @param maxPeers most peers whose height is remembered
     */
    record Limits(int rangeBlocks, int windowBlocks, long maxBufferedBytes, int maxPeers) {
        static final Limits DEFAULT = new Limits(SyncMessages.MAX_BLOCKS, 4 * SyncMessages.MAX_BLOCKS, 32L << 20, 512);
    }

    /** Ask {@code peer} for {@code count} blocks from height {@code from}. */
    record Request<P>(P peer, long from, int count) {
        boolean covers(long height) {
            return height >= from && height < from + count;
        }
    }

    /** A kept block, who brought it, and its size. */
    record Kept<P, B>(B block, P from, int bytes) {}

    private final Limits limits;
    private final LinkedHashMap<P, Long> heights = new LinkedHashMap<>();
    private final Map<P, Request<P>> running = new HashMap<>();
    private final TreeMap<Long, Kept<P, B>> kept = new TreeMap<>();
    private long keptBytes;

    SyncPlan(Limits limits) {
        this.limits = limits;
    }

    /** Notes that {@code peer} has proved to have blocks up to {@code height}. */
    void reached(P peer, long height) {
        if (heights.size() < limits.maxPeers() || heights.containsKey(peer)) {
            heights.merge(peer, height, Math::max);
        }
    }

    /** Forgets a peer that left or misbehaved, with what it was asked for. */
    void gone(P peer) {
        heights.remove(peer);
        running.remove(peer);
    }

    /** The greatest height that any peer has proved. */
    long bestHeight() {
        return heights.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    Optional<Long> heightOf(P peer) {
        return Optional.ofNullable(heights.get(peer));
    }

    /** New requests, one for each idle peer that has something missing; they count as running from now on. */
    List<Request<P>> next(long ownHeight) {
        List<Request<P>> out = new ArrayList<>();
        for (Map.Entry<P, Long> each : heights.entrySet()) {
            if (running.containsKey(each.getKey())) {
                continue;
            }
            Optional<Request<P>> request = missing(each.getKey(), ownHeight, each.getValue());
            request.ifPresent(r -> {
                running.put(r.peer(), r);
                out.add(r);
            });
        }
        // Who was asked goes to the back, so that the same peer is not always first.
        out.forEach(r -> heights.putLast(r.peer(), java.util.Objects.requireNonNull(heights.get(r.peer()))));
        return out;
    }

    private Optional<Request<P>> missing(P peer, long ownHeight, long peerHeight) {
        long end = Math.min(peerHeight, ownHeight + limits.windowBlocks());
        long from = ownHeight + 1;
        while (from <= end && taken(from)) {
            from++;
        }
        if (from > end || (keptBytes >= limits.maxBufferedBytes() && from > ownHeight + 1)) {
            return Optional.empty();
        }
        int count = 1;
        while (count < limits.rangeBlocks() && from + count <= end && !taken(from + count)) {
            count++;
        }
        return Optional.of(new Request<>(peer, from, count));
    }

    private boolean taken(long height) {
        return kept.containsKey(height) || running.values().stream().anyMatch(r -> r.covers(height));
    }

    /** The answer to the request that {@code peer} was sent has come or failed. */
    void answered(P peer) {
        running.remove(peer);
    }

    /** Whether a block of this height is wanted now. */
    boolean wants(long height, long ownHeight) {
        return height > ownHeight && height <= ownHeight + limits.windowBlocks() && !kept.containsKey(height);
    }

    /** Keeps a block for its turn; false if there is no room or no need. */
    boolean keep(long height, B block, int bytes, P from, long ownHeight) {
        // The very next block always fits, as it will not stay.
        boolean fits = keptBytes + bytes <= limits.maxBufferedBytes() || height == ownHeight + 1;
        if (!wants(height, ownHeight) || !fits) {
            return false;
        }
        kept.put(height, new Kept<>(block, from, bytes));
        keptBytes += bytes;
        return true;
    }

    /** Takes out the kept block that follows {@code ownHeight}, and forgets what is no longer needed. */
    Optional<Kept<P, B>> take(long ownHeight) {
        while (!kept.isEmpty() && kept.firstKey() <= ownHeight) {
            keptBytes -= kept.pollFirstEntry().getValue().bytes();
        }
        Kept<P, B> next = kept.remove(ownHeight + 1);
        if (next != null) {
            keptBytes -= next.bytes();
        }
        return Optional.ofNullable(next);
    }

    /** Blocks kept now. */
    int keptBlocks() {
        return kept.size();
    }
}
