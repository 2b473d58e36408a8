package org.hearthnet.node.p2p.host;

/**
 * How much a host takes on.
 *
 * @param maxConnections open connections in all
 * @param maxInbound those of them that others dialled, so that strangers cannot take all places
 * @param maxPerPeer connections with one peer (two arise when both sides dial at once)
 * @param maxInboundPerAddress connections and handshakes from one IP address
 * @param maxHandshakes incoming handshakes under way
 * @param maxDials outgoing attempts under way
 * @param maxReceived bytes that all connections together have received and that wait to be read
 */
public record HostLimits(
        int maxConnections,
        int maxInbound,
        int maxPerPeer,
        int maxInboundPerAddress,
        int maxHandshakes,
        int maxDials,
        long maxReceived) {
    public static final HostLimits DEFAULT = new HostLimits(512, 384, 4, 32, 64, 64, 256L * 1024 * 1024);

    public HostLimits {
        if (Math.min(Math.min(maxConnections, maxInbound), maxPerPeer) < 1
                || Math.min(Math.min(maxInboundPerAddress, maxHandshakes), maxDials) < 1
                || maxReceived < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
    }
}
