package org.hearthnet.node.p2p.yamux;

import java.time.Duration;

/**
 * Limits of a session.
 *
 * @param maxInboundStreams streams that the other side may have open; more are reset
 * @param maxRefusedStreams resets of that kind, without a stream accepted in between, that end the session
 * @param maxOutboundStreams streams that this side may have open
 * @param maxAckBacklog opened streams that the other side has not acknowledged (libp2p yamux, "ACK backlog")
 * @param maxReceiveWindow bytes to which the window of a fast reader may grow, from 256 KiB
 * @param maxSessionGrowth bytes by which all windows of a session together may exceed 256 KiB each
 * @param maxSessionReceived received bytes of all streams of a session that may wait to be read; more end it
 * @param sendBuffer bytes that a stream buffers for sending
 * @param maxSessionSend bytes that all streams of a session buffer for sending, but for a little each
 * @param keepAlive time between pings
 * @param keepAliveTimeout silence after a ping that ends the session
 * @param writeTimeout a write that takes longer (the other side reads nothing at all) ends the session
 * @param linger time for the other side to finish a stream that was closed here, before it is reset
 */
public record YamuxConfig(
        int maxInboundStreams,
        int maxRefusedStreams,
        int maxOutboundStreams,
        int maxAckBacklog,
        int maxReceiveWindow,
        long maxSessionGrowth,
        long maxSessionReceived,
        int sendBuffer,
        long maxSessionSend,
        Duration keepAlive,
        Duration keepAliveTimeout,
        Duration writeTimeout,
        Duration linger) {
    /** The window of a new stream in bytes, both ways; not negotiable. */
    public static final int INITIAL_WINDOW = 256 * 1024;

    private static final int MIB = 1024 * 1024;

    public static final YamuxConfig DEFAULT = new YamuxConfig(
            256,
            256,
            256,
            256,
            4 * MIB,
            16L * MIB,
            16L * MIB,
            INITIAL_WINDOW,
            4L * MIB,
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));

    public YamuxConfig {
        if (maxInboundStreams < 0 || maxRefusedStreams < 1 || maxOutboundStreams < 0 || maxAckBacklog < 1) {
            throw new IllegalArgumentException("stream limits are not negative");
        }
        if (maxReceiveWindow < INITIAL_WINDOW || maxSessionGrowth < 0 || maxSessionReceived < INITIAL_WINDOW) {
            throw new IllegalArgumentException("windows are at least " + INITIAL_WINDOW + " bytes");
        }
        if (sendBuffer < 1 || maxSessionSend < sendBuffer) {
            throw new IllegalArgumentException("send buffers are not negative");
        }
    }

    public YamuxConfig withMaxInboundStreams(int max) {
        return new YamuxConfig(
                max,
                maxRefusedStreams,
                maxOutboundStreams,
                maxAckBacklog,
                maxReceiveWindow,
                maxSessionGrowth,
                maxSessionReceived,
                sendBuffer,
                maxSessionSend,
                keepAlive,
                keepAliveTimeout,
                writeTimeout,
                linger);
    }

    public YamuxConfig withMaxSessionReceived(long max) {
        return new YamuxConfig(
                maxInboundStreams,
                maxRefusedStreams,
                maxOutboundStreams,
                maxAckBacklog,
                maxReceiveWindow,
                maxSessionGrowth,
                max,
                sendBuffer,
                maxSessionSend,
                keepAlive,
                keepAliveTimeout,
                writeTimeout,
                linger);
    }

    public YamuxConfig withTimes(Duration alive, Duration aliveTimeout, Duration write, Duration lingering) {
        return new YamuxConfig(
                maxInboundStreams,
                maxRefusedStreams,
                maxOutboundStreams,
                maxAckBacklog,
                maxReceiveWindow,
                maxSessionGrowth,
                maxSessionReceived,
                sendBuffer,
                maxSessionSend,
                alive,
                aliveTimeout,
                write,
                lingering);
    }
}
