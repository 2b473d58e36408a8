package org.hearthnet.node.p2p.gossipsub;

import java.time.Duration;

/**
 * Settings of a {@link GossipsubService}.
 *
 * @param namespace goes before the name of each topic, with a slash between them, unless it is empty: it keeps networks that
 *     share the protocol apart, and their signatures
 * @param mesh sizes and times of the overlay
 * @param scores weights and thresholds
 * @param limits of the router
 * @param links limits of what goes to and comes from one neighbour
 */
public record GossipsubConfig(
        String namespace, MeshParams mesh, ScoreParams scores, RouterLimits limits, LinkLimits links) {
    /**
     * Limits of the way to and from one neighbour.
     *
     * @param queueMessages messages that wait to be sent, and control RPCs likewise
     * @param queueBytes bytes of them, likewise
     * @param messagesPerSecond messages that it may send, in the long run; an RPC without any counts as one
     * @param burstMessages messages it may send at once after a pause
     * @param bytesPerSecond bytes that it may send, in the long run
     * @param burstBytes bytes it may send at once after a pause
     * @param writeTimeout for handing one RPC over, after which the stream is opened anew
     */
    public record LinkLimits(
            int queueMessages,
            long queueBytes,
            int messagesPerSecond,
            int burstMessages,
            long bytesPerSecond,
            long burstBytes,
            Duration writeTimeout) {
        public LinkLimits {
            if (queueMessages < 1 || queueBytes < RpcCodec.MAX_RPC || burstBytes < RpcCodec.MAX_RPC) {
                throw new IllegalArgumentException("queue and burst let at least the largest RPC pass");
            }
            if (messagesPerSecond < 1 || burstMessages < 1 || bytesPerSecond < 1) {
                throw new IllegalArgumentException("limits are positive");
            }
        }

        private static final long MIB = 1024 * 1024;

        public static final LinkLimits DEFAULT =
                new LinkLimits(1024, 8 * MIB, 2000, 4000, 8 * MIB, 16 * MIB, Duration.ofSeconds(30));
    }

    public static GossipsubConfig of(String namespace) {
        return new GossipsubConfig(
                namespace, MeshParams.DEFAULT, ScoreParams.DEFAULT, RouterLimits.DEFAULT, LinkLimits.DEFAULT);
    }

    public GossipsubConfig withLimits(RouterLimits other) {
        return new GossipsubConfig(namespace, mesh, scores, other, links);
    }

    public GossipsubConfig withLinks(LinkLimits other) {
        return new GossipsubConfig(namespace, mesh, scores, limits, other);
    }

    /** The name of a topic on the wire. */
    String full(String topic) {
        return namespace.isEmpty() ? topic : namespace + "/" + topic;
    }
}
