package org.hearthnet.node.p2p;

/**
 * How many incoming streams of one protocol may be served at once. Streams beyond are reset.
 *
 * @param perPeer for one peer, over all its connections
 * @param total for all peers together
 */
public record ProtocolLimits(int perPeer, int total) {
    public static final ProtocolLimits DEFAULT = new ProtocolLimits(64, 1024);

    public ProtocolLimits {
        if (perPeer < 1 || total < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
    }
}
