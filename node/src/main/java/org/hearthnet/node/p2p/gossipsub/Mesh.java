package org.hearthnet.node.p2p.gossipsub;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearthnet.node.p2p.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * The meshes of the topics that this side has joined: GRAFT, PRUNE, back-off and upkeep (gossipsub v1.0, Mesh Maintenance;
 * v1.1, Heartbeat Maintenance, Outbound Mesh Quotas, Opportunistic Grafting).
 */
final class Mesh {
    /** One joined topic; mutable. */
    static final class Topic {
        final Set<PeerId> mesh = new LinkedHashSet<>();
        int validating;
        long validatingBytes;
    }

    private final RouterState state;
    private final MeshParams params;
    private final Map<String, Topic> topics = new LinkedHashMap<>();

    Mesh(RouterState state) {
        this.state = state;
        this.params = state.params;
    }

    @Nullable
    Topic find(String topic) {
        return topics.get(topic);
    }

    Set<String> joined() {
        return topics.keySet();
    }

    /** Peers of the mesh; empty if the topic is not joined. */
    Set<PeerId> of(String topic) {
        Topic found = topics.get(topic);
        return found == null ? Set.of() : found.mesh;
    }

    /** JOIN, with those that messages went to already at the front. */
    void join(String name, List<PeerId> fanout) {
        Topic topic = new Topic();
        topics.put(name, topic);
        fanout.stream().filter(peer -> isEligible(name, topic, peer)).forEach(peer -> graft(name, topic, peer));
        fill(name, topic);
    }

    /** LEAVE. */
    void leave(String name) {
        Topic topic = topics.remove(name);
        if (topic != null) {
            for (PeerId peer : topic.mesh) {
                state.scores.with(peer, score -> score.prune(name));
                sendPrune(peer, name, List.of(), params.unsubscribeBackoffMs());
            }
        }
    }

    /** A peer has joined a topic: while the mesh is thin it is grafted at once, not at the next heartbeat. */
    void met(String name) {
        Topic topic = topics.get(name);
        if (topic != null) {
            fill(name, topic);
        }
    }

    /** A peer is gone, or has left a topic: no PRUNE, which could not reach it or would tell it nothing new. */
    void lost(PeerId peer, String name) {
        Topic topic = topics.get(name);
        if (topic != null && topic.mesh.remove(peer)) {
            state.scores.with(peer, score -> score.prune(name));
        }
    }

    void onGraft(Neighbourhood.Peer peer, String name) {
        Topic topic = topics.get(name);
        if (topic == null || topic.mesh.contains(peer.id)) {
            return; // unknown topics are not answered (v1.1, Spam Protection Measures)
        }
        if (state.backoffs.isActive(name, peer.id, state.now())) {
            boolean flood = state.backoffs.isFresh(name, peer.id, params.graftFloodMs(), state.now());
            if (state.backoffs.isTold(name, peer.id)) {
                state.blame(peer.id, flood ? 2 : 1);
            }
            refuse(peer.id, name, List.of());
        } else if (state.score(peer.id) < 0) {
            refuse(peer.id, name, List.of());
        } else if (topic.mesh.size() >= params.dHi() && !peer.outbound) {
            refuse(peer.id, name, offer(name, peer));
        } else {
            topic.mesh.add(peer.id);
            state.neighbours.join(peer, name);
            state.scores.with(peer.id, score -> score.graft(name, state.now()));
        }
    }

    void onPrune(Neighbourhood.Peer peer, Rpc.Prune prune) {
        Topic topic = topics.get(prune.topic());
        if (topic == null) {
            return;
        }
        lost(peer.id, prune.topic());
        long seconds = Math.min(prune.backoffSeconds(), Backoffs.LONGEST_MS / 1000);
        long backoff = seconds > 0 ? seconds * 1000 : params.pruneBackoffMs();
        state.backoffs.received(prune.topic(), peer.id, backoff, state.now());
        List<PeerId> offered = prune.peers().stream()
                .filter(other -> !other.equals(state.self) && state.neighbours.find(other) == null)
                .limit(params.prunePeers())
                .toList();
        if (!offered.isEmpty() && state.score(peer.id) >= state.scoring.acceptPx()) {
            state.out().add(new Effect.Connect(offered));
        }
    }

    void heartbeat() {
        state.backoffs.expire(state.now(), params.heartbeatMs());
        topics.forEach(this::maintain);
    }

    private void maintain(String name, Topic topic) {
        for (PeerId peer : List.copyOf(topic.mesh)) {
            if (state.score(peer) < 0) {
                drop(name, topic, peer, List.of());
            }
        }
        fill(name, topic);
        if (topic.mesh.size() > params.dHi()) {
            shrink(name, topic);
        }
        if (topic.mesh.size() >= params.dLo()) {
            long outbound = topic.mesh.stream().filter(this::isOutbound).count();
            take(name, topic, (int) (params.dOut() - outbound), true);
        }
        if (state.beat() % params.opportunisticTicks() == 0 && topic.mesh.size() > 1) {
            improve(name, topic);
        }
    }

    private void fill(String name, Topic topic) {
        int members = state.neighbours.in(name).size();
        boolean few = members <= params.dHi();
        if (few || topic.mesh.size() < params.dLo()) {
            take(name, topic, (few ? members : params.d()) - topic.mesh.size(), false);
        }
    }

    private void take(String name, Topic topic, int count, boolean outboundOnly) {
        if (count > 0) {
            state.neighbours
                    .draw(name, count, p -> (!outboundOnly || isOutbound(p)) && isEligible(name, topic, p))
                    .forEach(peer -> graft(name, topic, peer));
        }
    }

    /** Keeps the best by score and others by chance, and among them enough that this side has dialled. */
    private void shrink(String name, Topic topic) {
        List<PeerId> order = new ArrayList<>(topic.mesh);
        state.neighbours.shuffle(order);
        order.sort(Comparator.comparingDouble((PeerId p) -> -state.score(p)));
        List<PeerId> rest = new ArrayList<>(order.subList(params.dScore(), order.size()));
        state.neighbours.shuffle(rest);
        List<PeerId> kept = new ArrayList<>(order.subList(0, params.dScore()));
        kept.addAll(rest.subList(0, params.d() - params.dScore()));
        List<PeerId> dropped = new ArrayList<>(rest.subList(params.d() - params.dScore(), rest.size()));
        quota(kept, dropped);
        List<PeerId> offered = List.copyOf(kept);
        dropped.forEach(peer -> drop(name, topic, peer, offered));
    }

    /** Replaces inbound peers from the end, that is the random ones first, by outbound ones that would be dropped. */
    private void quota(List<PeerId> kept, List<PeerId> dropped) {
        long missing = params.dOut() - kept.stream().filter(this::isOutbound).count();
        for (int at = kept.size() - 1; at >= 0 && missing > 0; at--) {
            PeerId spare = dropped.stream().filter(this::isOutbound).findFirst().orElse(null);
            if (spare == null) {
                return;
            }
            if (!isOutbound(kept.get(at))) {
                dropped.remove(spare);
                dropped.add(kept.set(at, spare));
                missing--;
            }
        }
    }

    private void improve(String name, Topic topic) {
        List<Double> scores = topic.mesh.stream().map(state::score).sorted().toList();
        double median = scores.get(scores.size() / 2);
        if (median < state.scoring.opportunistic()) {
            state.neighbours
                    .draw(name, params.opportunisticPeers(), p -> state.score(p) > median && isEligible(name, topic, p))
                    .forEach(peer -> graft(name, topic, peer));
        }
    }

    private boolean isOutbound(PeerId peer) {
        Neighbourhood.Peer found = state.neighbours.find(peer);
        return found != null && found.outbound;
    }

    private boolean isEligible(String name, Topic topic, PeerId peer) {
        return !topic.mesh.contains(peer)
                && state.neighbours.find(peer) != null
                && !state.backoffs.isKept(name, peer)
                && state.score(peer) >= 0;
    }

    private void graft(String name, Topic topic, PeerId peer) {
        topic.mesh.add(peer);
        state.scores.with(peer, score -> score.graft(name, state.now()));
        state.counters.grafts++;
        state.out().graft(peer, name);
    }

    private void drop(String name, Topic topic, PeerId peer, List<PeerId> kept) {
        topic.mesh.remove(peer);
        state.scores.with(peer, score -> score.prune(name));
        sendPrune(peer, name, kept, params.pruneBackoffMs());
    }

    private void refuse(PeerId peer, String name, List<PeerId> offered) {
        sendPrune(peer, name, offered, params.pruneBackoffMs());
    }

    private void sendPrune(PeerId peer, String name, List<PeerId> offered, long backoffMs) {
        state.backoffs.sent(name, peer, backoffMs, state.now());
        state.counters.prunes++;
        boolean bad = state.score(peer) < 0;
        state.out().prune(peer, new Rpc.Prune(name, bad ? List.of() : offered, Math.max(1, backoffMs / 1000)));
    }

    /** Some good peers of the topic, for one that finds no place here. */
    private List<PeerId> offer(String name, Neighbourhood.Peer to) {
        return state.neighbours.draw(name, params.prunePeers(), p -> !p.equals(to.id) && state.score(p) >= 0);
    }
}
