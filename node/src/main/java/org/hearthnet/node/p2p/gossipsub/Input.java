package org.hearthnet.node.p2p.gossipsub;

import org.hearthnet.node.p2p.PeerId;

/** What happens to a {@link Router}. */
public sealed interface Input {
    /**
     * A peer that speaks the protocol is connected.
     *
     * @param version which protocol was agreed
     * @param outbound whether this side dialled, see "Outbound Mesh Quotas"
     * @param origin where it comes from, an IP address for P6 (colocation); empty if that is not to count
     */
    record PeerUp(PeerId peer, Version version, boolean outbound, String origin) implements Input {}

    /** The peer is gone. */
    record PeerDown(PeerId peer) implements Input {}

    /** Something came from a peer. */
    record Received(PeerId peer, Rpc rpc) implements Input {}

    /** The judgement of a message that {@link Effect.Validate} asked for: once for each time it was asked. */
    record Judged(Message message, PeerId from, Verdict verdict) implements Input {}

    /** This side has made a message. */
    record Publish(Message message) implements Input {}

    /** This side joins a topic. */
    record Join(String topic) implements Input {}

    /** This side leaves a topic. */
    record Leave(String topic) implements Input {}

    /** The application's opinion of a peer, P5; 0 at first. */
    record Opinion(PeerId peer, double score) implements Input {}

    /** A heartbeat interval is over. */
    record Heartbeat() implements Input {}
}
