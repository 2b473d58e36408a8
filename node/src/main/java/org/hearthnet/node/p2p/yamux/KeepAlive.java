package org.hearthnet.node.p2p.yamux;

import java.time.Duration;
import java.util.Optional;
import org.hearthnet.node.p2p.P2pException;

/** Pings: answers the other side's, sends this side's, and measures the round trip with them. */
final class KeepAlive {
    /** On fast local links a round trip is mostly scheduling; this much is always granted when judging a window. */
    private static final long MIN_ROUND_TRIP_NANOS = 1_000_000;

    private static final int TICKS = 4;

    private final YamuxConfig config;
    private final Outbox outbox;
    private volatile long lastReceivedNanos = System.nanoTime();
    private volatile long roundTripNanos = -1;
    private long sentNanos;
    private int value;
    private boolean waiting;
    private boolean started;

    KeepAlive(YamuxConfig config, Outbox outbox) {
        this.config = config;
        this.outbox = outbox;
    }

    void received() {
        lastReceivedNanos = System.nanoTime();
    }

    synchronized void ping(Frame frame) throws P2pException {
        if (frame.has(Frame.SYN)) {
            outbox.control(Frame.PING, Frame.ACK, 0, frame.length());
            return;
        }
        if (!frame.has(Frame.ACK) || !waiting || frame.length() != (value & 0xffffffffL)) {
            throw P2pException.protocol("yamux answer to no ping");
        }
        waiting = false;
        roundTripNanos = System.nanoTime() - sentNanos;
    }

    /** Sends a ping when it is time; false if the other side has fallen silent. */
    synchronized boolean tick(long now) {
        long timeout = config.keepAliveTimeout().toNanos();
        // Any sign of life will do: behind a slow link the answer may stand in line after much data.
        if (waiting && now - sentNanos > timeout && now - lastReceivedNanos > timeout) {
            return false;
        }
        if (!waiting && (!started || now - sentNanos >= config.keepAlive().toNanos())) {
            return sendPing(now);
        }
        return true;
    }

    private boolean sendPing(long now) {
        try {
            started = true;
            waiting = true;
            sentNanos = now;
            outbox.control(Frame.PING, Frame.SYN, 0, ++value & 0xffffffffL);
            return true;
        } catch (P2pException e) {
            return false;
        }
    }

    long tickNanos() {
        return Math.min(config.keepAlive().toNanos(), config.keepAliveTimeout().toNanos()) / TICKS;
    }

    /** For judging windows: at least a millisecond, also before the first measurement. */
    long roundTripNanos() {
        return Math.max(MIN_ROUND_TRIP_NANOS, roundTripNanos);
    }

    Optional<Duration> roundTrip() {
        long nanos = roundTripNanos;
        return nanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }
}
