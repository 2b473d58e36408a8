package org.hearthnet.node.chain;

import java.util.LinkedHashMap;
import java.util.function.LongSupplier;
import org.hearthnet.node.p2p.PeerId;

/** A token bucket for each peer; the one not used for longest makes room when there are many. */
final class RateLimiter {
    static final int MAX_PEERS = 1024;

    private static final class Bucket {
        private double tokens;
        private long atMs;
    }

    private final LinkedHashMap<PeerId, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);
    private final double perSecond;
    private final double burst;
    private final LongSupplier clockMs;

    RateLimiter(double perSecond, double burst, LongSupplier clockMs) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.clockMs = clockMs;
    }

    /** Whether {@code peer} may do one more thing now. */
    synchronized boolean tryAcquire(PeerId peer) {
        long now = clockMs.getAsLong();
        Bucket bucket = buckets.get(peer);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.tokens = burst;
            bucket.atMs = now;
            buckets.put(peer, bucket);
            if (buckets.size() > MAX_PEERS) {
                buckets.pollFirstEntry();
            }
        }
        bucket.tokens = Math.min(burst, bucket.tokens + perSecond * Math.max(0, now - bucket.atMs) / 1000);
        bucket.atMs = now;
        if (bucket.tokens < 1) {
            return false;
        }
        bucket.tokens -= 1;
        return true;
    }
}
