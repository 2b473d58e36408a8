package org.hearthnet.node.p2p.gossipsub;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.gossipsub.Deliveries.Status;

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

    /** @param random for draws among peers; seed it as a peer cannot guess */
    public Router(PeerId self, MeshParams params, ScoreParams scoring, RouterLimits limits, RandomGenerator random) {
        this.state = new RouterState(self, params, scoring, limits, random);
        this.mesh = new Mesh(state);
        this.gossip = new Gossip(state);
        this.fanout = new Fanout(state);
    }

    /** Takes {@code input} at {@code nowMs} and returns what to do, in this order. */
    public List<Effect> step(Input input, long nowMs) {
        state.begin(nowMs);
        switch (input) {
            case Input.PeerUp up -> up(up);
            case Input.PeerDown(PeerId peer) -> down(peer);
            case Input.Received(PeerId peer, Rpc rpc) -> received(peer, rpc);
            case Input.Judged(Message message, PeerId from, Verdict verdict) -> judged(message, from, verdict);
            case Input.Publish(Message message) -> publish(message);
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
            graylistIfDue(id);
            return;
        }
        rpc.subscriptions().forEach(s -> subscribed(peer, s));
        rpc.publish().forEach(message -> message(peer, message));
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

    /** Says so at once, and not only when more comes of it. */
    private void graylistIfDue(PeerId peer) {
        if (state.neighbours.find(peer) != null && state.score(peer) < state.scoring.graylist()) {
            state.out().add(new Effect.Graylisted(peer));
        }
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

    private void message(Neighbourhood.Peer peer, Message message) {
        state.counters.received++;
        Mesh.Topic topic = mesh.find(message.topic());
        if (topic == null || message.from().equals(state.self)) {
            state.counters.ignored++;
            return;
        }
        state.promises.fulfil(message.id());
        Deliveries.Delivery known = state.deliveries.find(message.id());
        if (known != null) {
            state.counters.duplicates++;
            duplicate(peer.id, message, known);
            return;
        }
        if (!hasRoom(topic, peer, message)) {
            state.counters.throttled++;
            return;
        }
        topic.validating++;
        topic.validatingBytes += message.size();
        peer.validating++;
        state.deliveries
                .add(message.id(), Status.VALIDATING, state.now())
                .senders()
                .add(peer.id);
        gossip.tellDontWant(message, topic.mesh, peer.id);
        state.out().add(new Effect.Validate(message, peer.id));
    }

    private boolean hasRoom(Mesh.Topic topic, Neighbourhood.Peer peer, Message message) {
        RouterLimits limits = state.limits;
        return topic.validating < limits.validating()
                && topic.validatingBytes + message.size() <= limits.validatingBytes()
                && peer.validating < limits.validatingPerPeer();
    }

    /** A copy is a delivery too while nobody could have learnt of the message from this side. */
    private void duplicate(PeerId peer, Message message, Deliveries.Delivery known) {
        switch (known.status()) {
            case VALIDATING -> known.senders().add(peer);
            case ACCEPTED -> {
                if (state.now() - known.firstMs() <= state.scoring.topic().deliveriesWindowMs()) {
                    state.scores.with(peer, score -> score.delivered(message.topic(), false));
                }
            }
            case REJECTED -> state.scores.with(peer, score -> score.invalid(message.topic()));
            case IGNORED -> {}
        }
    }

    private void judged(Message message, PeerId from, Verdict verdict) {
        release(message, from);
        Deliveries.Delivery delivery = state.deliveries.find(message.id());
        if (delivery == null || delivery.status() != Status.VALIDATING) {
            return; // forgotten meanwhile, as there were too many
        }
        switch (verdict) {
            case ACCEPT -> accept(message, state.deliveries.judge(delivery, Status.ACCEPTED));
            case REJECT -> {
                state.counters.rejected++;
                for (PeerId sender : state.deliveries.judge(delivery, Status.REJECTED)) {
                    state.scores.with(sender, score -> score.invalid(message.topic()));
                    graylistIfDue(sender);
                }
            }
            case IGNORE -> {
                state.counters.ignored++;
                state.deliveries.judge(delivery, Status.IGNORED);
            }
            case THROTTLE -> {
                state.counters.throttled++;
                state.deliveries.forget(message.id());
            }
        }
    }

    private void release(Message message, PeerId from) {
        Mesh.Topic topic = mesh.find(message.topic());
        if (topic != null && topic.validating > 0) {
            topic.validating--;
            topic.validatingBytes -= message.size();
        }
        Neighbourhood.Peer first = state.neighbours.find(from);
        if (first != null && first.validating > 0) {
            first.validating--;
        }
    }

    private void accept(Message message, Set<PeerId> senders) {
        state.counters.accepted++;
        PeerId first = senders.iterator().next();
        for (PeerId sender : senders) {
            state.scores.with(sender, score -> score.delivered(message.topic(), sender.equals(first)));
        }
        state.cache.put(message);
        Set<PeerId> to = new LinkedHashSet<>(mesh.of(message.topic()));
        to.removeAll(senders);
        send(message, to);
        state.out().add(new Effect.Deliver(message, first));
    }

    private void publish(Message message) {
        state.counters.published++;
        state.deliveries.add(message.id(), Status.ACCEPTED, state.now());
        state.cache.put(message);
        String topic = message.topic();
        Set<PeerId> to = new LinkedHashSet<>();
        if (state.params.floodPublish()) {
            state.neighbours.in(topic).stream()
                    .filter(p -> state.score(p) >= state.scoring.publish())
                    .forEach(to::add);
        } else if (mesh.find(topic) == null) {
            to.addAll(fanout.use(topic));
        }
        to.addAll(mesh.of(topic));
        send(message, to);
    }

    private void send(Message message, Set<PeerId> to) {
        List<PeerId> peers = new ArrayList<>();
        for (PeerId id : to) {
            Neighbourhood.Peer peer = state.neighbours.find(id);
            if (peer != null && peer.dontWant.containsKey(message.id())) {
                state.counters.notWanted++;
            } else if (peer != null && !id.equals(message.from())) {
                peers.add(id);
            }
        }
        if (!peers.isEmpty()) {
            state.counters.forwarded += peers.size();
            state.out().add(new Effect.Forward(message, peers));
        }
    }

    private void heartbeat() {
        state.nextBeat();
        state.neighbours.all().forEach(peer -> peer.heartbeat(state.beat(), state.params.gossipWindows()));
        state.promises.broken(state.now()).forEach((peer, times) -> {
            state.counters.broken += times;
            state.blame(peer, times);
            graylistIfDue(peer);
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
        int count = rpc.publish().size();
        if (peer == null || count == 0) {
            return true;
        }
        long bytes = rpc.publish().stream().mapToLong(Message::size).sum();
        boolean fits = peer.validating == 0 || peer.validating + count <= state.limits.validatingPerPeer();
        for (Message message : rpc.publish()) {
            Mesh.Topic topic = mesh.find(message.topic());
            fits &= topic == null
                    || topic.validating == 0
                    || topic.validating + count <= state.limits.validating()
                            && topic.validatingBytes + bytes <= state.limits.validatingBytes();
        }
        return fits;
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
