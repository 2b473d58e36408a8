package org.hearthnet.node.p2p.gossipsub;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.hearthnet.node.p2p.PeerId;

/**
 * IHAVE, IWANT and IDONTWANT (gossipsub v1.0, Gossip Emission; v1.1, Adaptive Gossip Dissemination and Spam Protection
 * Measures; v1.2).
 */
final class Gossip {
    /** Messages that a newcomer is told of, the newest first. */
    private static final int GREETING_IDS = 256;

    private final RouterState state;
    private final MeshParams params;
    private final RouterLimits limits;

    Gossip(RouterState state) {
        this.state = state;
        this.params = state.params;
        this.limits = state.limits;
    }

    /** What came, as far as it is of topics that {@code joined} says are of interest. */
    void onHave(Neighbourhood.Peer peer, List<Rpc.IHave> haves, Predicate<String> joined) {
        if (state.score(peer.id) < state.scoring.gossip()) {
            return;
        }
        Set<MessageId> wanted = new LinkedHashSet<>();
        for (Rpc.IHave have : haves) {
            if (++peer.ihaveMessages > limits.ihaveMessages()) {
                break;
            }
            if (joined.test(have.topic())) {
                have.ids().stream().filter(id -> !state.deliveries.contains(id)).forEach(wanted::add);
            }
        }
        List<MessageId> ask = new ArrayList<>(wanted);
        state.neighbours.shuffle(ask);
        int room = Math.min(RpcCodec.MAX_IDS, limits.ihaveIds() - peer.ihaveIds);
        ask = ask.subList(0, Math.clamp(room, 0, ask.size()));
        if (!ask.isEmpty()) {
            peer.ihaveIds += ask.size();
            state.counters.wanted += ask.size();
            state.promises.add(ask.getFirst(), peer.id, state.now() + params.iwantFollowupMs());
            state.out().want(peer.id, ask);
        }
    }

    void onWant(Neighbourhood.Peer peer, List<MessageId> ids) {
        if (state.score(peer.id) < state.scoring.gossip()) {
            return;
        }
        for (MessageId id : ids) {
            Message message = state.cache.find(id);
            if (message == null || peer.iwantBytes + message.size() > limits.iwantBytes()) {
                continue;
            }
            if (state.cache.give(id, peer.id) <= limits.retransmissions()) {
                peer.iwantBytes += message.size();
                state.counters.served++;
                state.out().add(new Effect.Forward(message, List.of(peer.id)));
            }
        }
    }

    void onDontWant(Neighbourhood.Peer peer, List<MessageId> ids) {
        for (MessageId id : ids) {
            if (++peer.dontWantIds > limits.dontWantIds()) {
                return;
            }
            peer.dontWant.put(id, state.beat());
            if (peer.dontWant.size() > limits.dontWantIds()) {
                peer.dontWant.pollFirstEntry();
            }
        }
    }

    /** A large message has come for the first time: the others of the mesh need not send it. */
    void tellDontWant(Message message, Iterable<PeerId> mesh, PeerId from) {
        if (message.size() < params.dontWantBytes()) {
            return;
        }
        for (PeerId peer : mesh) {
            Neighbourhood.Peer found = state.neighbours.find(peer);
            if (found != null && found.version.knowsDontWant() && !peer.equals(from)) {
                state.out().dontWant(peer, message.id());
            }
        }
    }

    /**
     * Tells a peer that has just joined a topic what was said lately: it may have been on its way while that was sent, and as a
     * member of the mesh it would not be told of it later.
     */
    void greet(Neighbourhood.Peer peer, String topic) {
        List<MessageId> ids = state.cache.gossip(topic);
        if (!ids.isEmpty() && state.score(peer.id) >= state.scoring.gossip()) {
            state.counters.announced++;
            state.out().have(peer.id, topic, ids.subList(0, Math.min(ids.size(), GREETING_IDS)));
        }
    }

    /** Tells some peers outside the mesh what there is. */
    void emit(String topic, Set<PeerId> mesh) {
        List<MessageId> ids = state.cache.gossip(topic);
        if (ids.isEmpty()) {
            return;
        }
        Predicate<PeerId> eligible = p -> !mesh.contains(p) && state.score(p) >= state.scoring.gossip();
        List<PeerId> peers = state.neighbours.draw(topic, Integer.MAX_VALUE, eligible);
        int count = Math.max(params.dLazy(), (int) (params.gossipFactor() * peers.size()));
        for (PeerId peer : peers.subList(0, Math.min(count, peers.size()))) {
            List<MessageId> mixed = ids;
            if (ids.size() > RpcCodec.MAX_IDS) {
                mixed = new ArrayList<>(ids); // of too many, each hears of others
                state.neighbours.shuffle(mixed);
            }
            state.counters.announced++;
            state.out().have(peer, topic, mixed);
        }
    }
}
