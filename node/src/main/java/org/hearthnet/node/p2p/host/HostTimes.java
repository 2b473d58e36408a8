package org.hearthnet.node.p2p.host;

import java.time.Duration;

/**
 * How long a host waits.
 *
 * @param dial for a TCP connection with one address, and again for the whole of a dial to one peer with its handshake
 * @param handshake for securing and multiplexing a connection
 * @param negotiation for the protocol of an incoming stream
 * @param idle with no stream open, after which a connection is closed
 * @param stagger between attempts at a peer's addresses (RFC 8305 section 5)
 */
public record HostTimes(Duration dial, Duration handshake, Duration negotiation, Duration idle, Duration stagger) {
    public static final HostTimes DEFAULT = new HostTimes(
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofMillis(250));
}
