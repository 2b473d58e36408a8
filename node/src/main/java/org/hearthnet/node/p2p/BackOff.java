package org.hearthnet.node.p2p;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Delays between attempts: each twice the one before up to a limit, and of each between a half and the whole, by chance,
 * so that many peers that lost the same one do not come back all at once.
 */
public final class BackOff {
    private final Duration first;
    private final Duration longest;
    private final DoubleSupplier random;
    private Duration current;

    /** @param random uniform in 0 to 1 */
    public BackOff(Duration first, Duration longest, DoubleSupplier random) {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("back off from " + first + " to " + longest);
        }
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.current = first;
    }

    /** From a tenth of a second to ten seconds. */
    public static BackOff quick() {
        return new BackOff(Duration.ofMillis(100), Duration.ofSeconds(10), Math::random);
    }

    /** The delay before the next attempt. */
    public Duration next() {
        Duration delay = current;
        Duration doubled = current.multipliedBy(2);
        current = doubled.compareTo(longest) < 0 ? doubled : longest;
        return Duration.ofNanos((long) (delay.toNanos() * (0.5 + random.getAsDouble() / 2)));
    }

    public Duration longest() {
        return longest;
    }

    /** An attempt succeeded. */
    public void reset() {
        current = first;
    }
}
