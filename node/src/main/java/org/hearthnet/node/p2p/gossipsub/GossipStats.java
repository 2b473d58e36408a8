package org.hearthnet.node.p2p.gossipsub;

import java.util.concurrent.atomic.LongAdder;

/** What the links of a service count. */
final class GossipStats {
    final LongAdder sent = new LongAdder();
    final LongAdder bytesSent = new LongAdder();
    final LongAdder bytesReceived = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder throttled = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder forged = new LongAdder();

    /**
     * Figures of a service since its start.
     *
     * @param router those of the protocol
     * @param rpcsSent RPCs handed to the network
     * @param bytesSent bytes of them
     * @param bytesReceived bytes of RPCs that came
     * @param dropped RPCs that found no room in the queue of a slow neighbour
     * @param throttled times that a neighbour was not read for a while, as it sent more than its rate
     * @param malformed RPCs that could not be read; each ended a connection
     * @param forged messages that their author had not signed; each ended a connection
     */
    public record Counts(
            RouterStats router,
            long rpcsSent,
            long bytesSent,
            long bytesReceived,
            long dropped,
            long throttled,
            long malformed,
            long forged) {}

    Counts counts(RouterStats router) {
        return new Counts(
                router,
                sent.sum(),
                bytesSent.sum(),
                bytesReceived.sum(),
                dropped.sum(),
                throttled.sum(),
                malformed.sum(),
                forged.sum());
    }
}
