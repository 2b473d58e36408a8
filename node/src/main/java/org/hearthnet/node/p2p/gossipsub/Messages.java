package org.hearthnet.node.p2p.gossipsub;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.gossipsub.Deliveries.Status;

/** The way of a message: validation, delivery, forwarding (gossipsub v1.0, Message Processing; v1.1, Extended Validators). */
final class Messages {
    private final RouterState state;
    private final Mesh mesh;
    private final Gossip gossip;
    private final Fanout fanout;

    Messages(RouterState state, Mesh mesh, Gossip gossip, Fanout fanout) {
        this.state = state;
        this.mesh = mesh;
        this.gossip = gossip;
        this.fanout = fanout;
    }

    /** A message came. */
    void receive(Neighbourhood.Peer peer, Message message) {
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

    /** A message was judged. */
    void judged(Message message, PeerId from, Verdict verdict) {
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
                    state.graylistIfDue(sender);
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

    /** A message of this side. */
    void publish(Message message) {
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

    /** Whether all of these would find room for validation; with nothing under way there is always room, even if not for all. */
    boolean hasRoom(Neighbourhood.Peer peer, List<Message> messages) {
        int count = messages.size();
        long bytes = messages.stream().mapToLong(Message::size).sum();
        boolean fits =
                count == 0 || peer.validating == 0 || peer.validating + count <= state.limits.validatingPerPeer();
        for (Message message : messages) {
            Mesh.Topic topic = mesh.find(message.topic());
            fits &= topic == null
                    || topic.validating == 0
                    || topic.validating + count <= state.limits.validating()
                            && topic.validatingBytes + bytes <= state.limits.validatingBytes();
        }
        return fits;
    }
}
