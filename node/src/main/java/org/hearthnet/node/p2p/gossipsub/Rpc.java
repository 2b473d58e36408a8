package org.hearthnet.node.p2p.gossipsub;

import java.util.List;
import org.hearthnet.node.p2p.PeerId;

/**
 * What neighbours send one another (<a href="https://github.com/libp2p/specs/blob/master/pubsub/README.md#the-rpc">pubsub,
 * the RPC</a>; gossipsub v1.0, v1.1 and v1.2, Protobuf).
 *
 * @param subscriptions topics that the sender joins or leaves
 * @param publish messages
 * @param unreadable messages that came along and broke the signing policy
 * @param ihave ids of messages that the sender has
 * @param iwant ids of messages that the sender wants
 * @param graft topics in whose mesh the sender has taken the receiver
 * @param prune topics from whose mesh the sender has taken the receiver
 * @param idontwant ids of messages that the sender has and does not want again
 */
public record Rpc(
        List<Subscription> subscriptions,
        List<Message> publish,
        int unreadable,
        List<IHave> ihave,
        List<MessageId> iwant,
        List<String> graft,
        List<Prune> prune,
        List<MessageId> idontwant) {
    public Rpc {
        subscriptions = List.copyOf(subscriptions);
        publish = List.copyOf(publish);
        ihave = List.copyOf(ihave);
        iwant = List.copyOf(iwant);
        graft = List.copyOf(graft);
        prune = List.copyOf(prune);
        idontwant = List.copyOf(idontwant);
    }

    /** Joining ({@code subscribe}) or leaving a topic. */
    public record Subscription(String topic, boolean subscribe) {}

    /** Messages of a topic that the sender can give. */
    public record IHave(String topic, List<MessageId> ids) {
        public IHave {
            ids = List.copyOf(ids);
        }
    }

    /**
     * Leaves the mesh of a topic.
     *
     * @param peers others that the receiver may connect with instead
     * @param backoffSeconds for how long not to graft again; 0 if not said
     */
    public record Prune(String topic, List<PeerId> peers, long backoffSeconds) {
        public Prune {
            peers = List.copyOf(peers);
        }
    }

    /** Messages only. */
    public static Rpc publishing(List<Message> messages) {
        return new Rpc(List.of(), messages, 0, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** Messages that came, readable or not. */
    public int messages() {
        return publish.size() + unreadable;
    }
}
