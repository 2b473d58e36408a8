package org.hearthnet.node.p2p.gossipsub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearthnet.node.p2p.PeerId;

/** Peers of topics that this side publishes to without joining them (gossipsub v1.0, Fanout Maintenance). */
final class Fanout {
    private static final class Topic {
        final Set<PeerId> peers = new LinkedHashSet<>();
        long lastMs;
    }

    private final RouterState state;
    private final LinkedHashMap<String, Topic> topics = new LinkedHashMap<>();

    Fanout(RouterState state) {
        this.state = state;
    }

    /** Peers to send a message to. */
    Set<PeerId> use(String name) {
        Topic topic = topics.computeIfAbsent(name, key -> new Topic());
        topic.lastMs = state.now();
        fill(name, topic);
        if (topics.size() > state.limits.topics()) {
            topics.pollFirstEntry();
        }
        return topic.peers;
    }

    private void fill(String name, Topic topic) {
        topic.peers.removeIf(p -> !isEligible(p) || !state.neighbours.in(name).contains(p));
        int missing = state.params.d() - topic.peers.size();
        topic.peers.addAll(state.neighbours.draw(name, missing, p -> !topic.peers.contains(p) && isEligible(p)));
    }

    private boolean isEligible(PeerId peer) {
        return state.score(peer) >= state.scoring.publish();
    }

    /** The topic was joined; its peers are the first ones of the mesh. */
    List<PeerId> end(String name) {
        Topic topic = topics.remove(name);
        return topic == null ? List.of() : new ArrayList<>(topic.peers);
    }

    /** Upkeep; tells which peers each topic has. */
    Map<String, Set<PeerId>> heartbeat() {
        topics.values().removeIf(topic -> state.now() - topic.lastMs > state.params.fanoutTtlMs());
        Map<String, Set<PeerId>> out = new LinkedHashMap<>();
        topics.forEach((name, topic) -> {
            fill(name, topic);
            out.put(name, topic.peers);
        });
        return out;
    }
}
