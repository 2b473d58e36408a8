package org.hearthnet.node.p2p.gossipsub;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.hearthnet.node.p2p.PeerId;

/**
 * A gossipsub router: takes what happens and says what to do. Neither thread-safe nor aware of time: each input comes with the
 * moment it happens at, in milliseconds of any clock that never goes back. The same inputs and the same generator give the
 * same effects.
 *
 * <p>A message is judged before it is stored or passed on: {@link Effect.Validate} asks for it, and {@link Input.Judged}
 * answers when it likes. As many as the limits say wait for that, of a topic and of a peer; others are dropped and may come
 * again.
 */
public final class Router {
    private final RouterState state;
    private final Mesh mesh;
    private final Gossip gossip;
    private final Fanout fanout;
    private final Messages messages;

    /** @param random for draws among peers; seed it as a peer cannot guess */
    public Router(PeerId self, MeshParams params, ScoreParams scoring, RouterLimits limits, RandomGenerator random) {
        this.state = new RouterState(self, params, scoring, limits, random);
        this.mesh = new Mesh(state);
        this.gossip = new Gossip(state);
        this.fanout = new Fanout(state);
        this.messages = new Messages(state, mesh, gossip, fanout);
    }

    /** Takes {@code input} at {@code nowMs} and returns what to do, in this order. */
    public List<Effect> step(Input input, long nowMs) {
        state.begin(nowMs);
        switch (input) {
            case Input.PeerUp up -> up(up);
            case Input.PeerDown(PeerId peer) -> down(peer);
            case Input.Received(PeerId peer, Rpc rpc) -> received(peer, rpc);
            case Input.Judged(Message message, PeerId from, Verdict verdict) -> messages.judged(message, from, verdict);
            case Input.Publish(Message message) -> messages.publish(message);
            case Input.Join(String topic) -> join(topic);
            case Input.Leave(String topic) -> leave(topic);
            case Input.Opinion(PeerId peer, double score) -> state.scores.with(peer, s -> s.opinion(score));
            case Input.Heartbeat beat -> heartbeat();
        }
        return state.out().take();
    }

    private void up(Input.PeerUp up) {
        if (state.neighbours.find(up.peer()) != null || state.neighbours.size() >= state.limits.peers()) {
            return;
        }
        state.neighbours.add(new Neighbourhood.Peer(up.peer(), up.version(), up.outbound()));
        state.scores.up(up.peer(), up.origin());
        mesh.joined().forEach(topic -> state.out().subscription(up.peer(), topic, true));
    }

    private void down(PeerId id) {
        Neighbourhood.Peer peer = state.neighbours.find(id);
        if (peer != null) {
            mesh.joined().forEach(topic -> mesh.lost(id, topic));
            state.neighbours.remove(id);
            state.promises.forget(id);
            state.backoffs.gone(id);
            state.scores.down(id, state.now());
        }
    }

    private void join(String topic) {
        if (mesh.find(topic) != null) {
            return;
        }
        if (mesh.joined().size() >= state.limits.topics()) {
            throw new IllegalStateException("more than " + state.limits.topics() + " topics");
        }
        state.neighbours.all().forEach(peer -> state.out().subscription(peer.id, topic, true));
        mesh.join(topic, fanout.end(topic));
    }

    private void leave(String topic) {
        if (mesh.find(topic) != null) {
            state.neighbours.all().forEach(peer -> state.out().subscription(peer.id, topic, false));
            mesh.leave(topic);
        }
    }

    private void received(PeerId id, Rpc rpc) {
        Neighbourhood.Peer peer = state.neighbours.find(id);
        if (peer == null) {
            return;
        }
        if (state.score(id) < state.scoring.graylist()) {
            state.counters.graylisted++;
            state.graylistIfDue(id);
            return;
        }
        rpc.subscriptions().forEach(s -> subscribed(peer, s));
        rpc.publish().forEach(message -> messages.receive(peer, message));
        if (rpc.unreadable() > 0) {
            state.counters.unreadable += rpc.unreadable();
            state.blame(id, rpc.unreadable());
        }
        gossip.onHave(peer, rpc.ihave(), topic -> mesh.find(topic) != null);
        gossip.onWant(peer, rpc.iwant());
        gossip.onDontWant(peer, rpc.idontwant());
        rpc.graft().forEach(topic -> mesh.onGraft(peer, topic));
        rpc.prune().forEach(prune -> mesh.onPrune(peer, prune));
    }

    private void subscribed(Neighbourhood.Peer peer, Rpc.Subscription s) {
        if (!s.subscribe()) {
            state.neighbours.leave(peer, s.topic());
            mesh.lost(peer.id, s.topic());
        } else if (peer.topics.size() < state.limits.topicsPerPeer() && !peer.topics.contains(s.topic())) {
            state.neighbours.join(peer, s.topic());
            mesh.met(s.topic());
            if (mesh.find(s.topic()) != null) {
                gossip.greet(peer, s.topic());
            }
        }
    }

    private void heartbeat() {
        state.nextBeat();
        state.neighbours.all().forEach(peer -> peer.heartbeat(state.beat(), state.params.gossipWindows()));
        state.promises.broken(state.now()).forEach((peer, times) -> {
            state.counters.broken += times;
            state.blame(peer, times);
            state.graylistIfDue(peer);
        });
        state.scores.heartbeat(state.now());
        mesh.heartbeat();
        mesh.joined().forEach(topic -> gossip.emit(topic, mesh.of(topic)));
        fanout.heartbeat().forEach(gossip::emit);
        state.cache.shift();
        state.deliveries.expire(state.now());
    }

    /** The score of a connected peer. */
    public double score(PeerId peer) {
        return state.score(peer);
    }

    /** The mesh of a joined topic. */
    public Set<PeerId> mesh(String topic) {
        return new LinkedHashSet<>(mesh.of(topic));
    }

    /** Connected peers that have joined a topic. */
    public Set<PeerId> members(String topic) {
        return new LinkedHashSet<>(state.neighbours.in(topic));
    }

    /** Connected peers that have joined any topic, as far as is known here. */
    public int neighbours() {
        return (int) state.neighbours.all().stream()
                .filter(peer -> !peer.topics.isEmpty())
                .count();
    }

    /**
     * Whether all messages of an RPC would find room for validation. If not, it is wise to wait for a judgement before the RPC
     * is handed over; with nothing under way there is always room, even if not for all.
     */
    public boolean hasRoom(PeerId id, Rpc rpc) {
        Neighbourhood.Peer peer = state.neighbours.find(id);
        return peer == null || messages.hasRoom(peer, rpc.publish());
    }

    /** Messages of a peer that wait for their judgement. */
    public int validating(PeerId peer) {
        Neighbourhood.Peer found = state.neighbours.find(peer);
        return found == null ? 0 : found.validating;
    }

    /** Figures since the start. */
    public RouterStats stats() {
        return RouterStats.of(state, mesh.joined().size());
    }
}
