package org.hearthnet.node.p2p;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A moment after which an operation gives up. Unlike a timeout it can be handed on through several steps that share
 * it. Measured on the monotonic clock of this process.
 */
public final class Deadline {
    /** Half the range of the monotonic clock: no sum or difference of such moments overflows. */
    private static final long LONGEST_NANOS = Long.MAX_VALUE / 2;

    private final long atNanos;

    private Deadline(long atNanos) {
        this.atNanos = atNanos;
    }

    public static Deadline in(Duration timeout) {
        long nanos = timeout.compareTo(Duration.ofNanos(LONGEST_NANOS)) > 0 ? LONGEST_NANOS : timeout.toNanos();
        return new Deadline(System.nanoTime() + nanos);
    }

    public static Deadline inMillis(long timeoutMs) {
        return in(Duration.ofMillis(timeoutMs));
    }

    /**
     * For the reading side of a stream that waits for whatever comes next, which ends with its connection (the keepalive
     * sees to that), and for nothing else.
     */
    public static Deadline never() {
        return new Deadline(System.nanoTime() + LONGEST_NANOS);
    }

    /** The earlier of this and a moment {@code timeout} from now. */
    public Deadline orIn(Duration timeout) {
        Deadline other = in(timeout);
        return other.atNanos - atNanos < 0 ? other : this;
    }

    public long remainingNanos() {
        return Math.max(0, atNanos - System.nanoTime());
    }

    public long remainingMillis() {
        return TimeUnit.NANOSECONDS.toMillis(remainingNanos());
    }

    public boolean expired() {
        return remainingNanos() == 0;
    }

    /** Throws {@link P2pException.Reason#DEADLINE} if the moment has passed. */
    public void check(String what) throws P2pException {
        if (expired()) {
            throw P2pException.deadline(what);
        }
    }
}
