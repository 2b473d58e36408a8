package org.hearthnet.node.p2p.gossipsub;

/**
 * A token bucket that goes into debt: taking always succeeds and says how long to wait before taking again. Pure: the
 * time comes in.
 */
final class TokenBucket {
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double burst;
    private double tokens;
    private long lastNanos;

    TokenBucket(double perSecond, double burst, long nowNanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
        this.lastNanos = nowNanos;
    }

    /** Takes tokens; returns the nanoseconds until the bucket is out of debt, or 0. */
    synchronized long take(double cost, long nowNanos) {
        long elapsed = Math.max(0, nowNanos - lastNanos);
        lastNanos = nowNanos;
        tokens = Math.min(burst, tokens + elapsed / NANOS * perSecond) - cost;
        return tokens >= 0 ? 0 : (long) Math.ceil(-tokens / perSecond * NANOS);
    }
}
