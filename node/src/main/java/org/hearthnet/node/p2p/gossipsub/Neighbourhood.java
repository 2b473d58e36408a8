package org.hearthnet.node.p2p.gossipsub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.hearthnet.node.p2p.PeerId;
import org.jspecify.annotations.Nullable;

/** The connected peers, what they have joined, and draws among them (gossipsub v1.0, Peering State). */
final class Neighbourhood {
    /** One connected peer; mutable. */
    static final class Peer {
        final PeerId id;
        final Version version;
        final boolean outbound;
        final Set<String> topics = new LinkedHashSet<>();
        /** Messages that it does not want, and the heartbeat in which it said so. */
        final LinkedHashMap<MessageId, Long> dontWant = new LinkedHashMap<>();

        int validating;
        int ihaveMessages;
        int ihaveIds;
        long iwantBytes;
        int dontWantIds;

        Peer(PeerId id, Version version, boolean outbound) {
            this.id = id;
            this.version = version;
            this.outbound = outbound;
        }

        void heartbeat(long beat, int keepBeats) {
            ihaveMessages = 0;
            ihaveIds = 0;
            iwantBytes = 0;
            dontWantIds = 0;
            while (!dontWant.isEmpty() && dontWant.firstEntry().getValue() + keepBeats < beat) {
                dontWant.pollFirstEntry();
            }
        }
    }

    private final Map<PeerId, Peer> peers = new LinkedHashMap<>();
    private final Map<String, Set<PeerId>> byTopic = new LinkedHashMap<>();
    private final RandomGenerator random;

    Neighbourhood(RandomGenerator random) {
        this.random = random;
    }

    @Nullable
    Peer find(PeerId id) {
        return peers.get(id);
    }

    Collection<Peer> all() {
        return peers.values();
    }

    int size() {
        return peers.size();
    }

    void add(Peer peer) {
        peers.put(peer.id, peer);
    }

    void remove(PeerId id) {
        Peer gone = peers.remove(id);
        if (gone != null) {
            List.copyOf(gone.topics).forEach(topic -> leave(gone, topic));
        }
    }

    void join(Peer peer, String topic) {
        peer.topics.add(topic);
        byTopic.computeIfAbsent(topic, key -> new LinkedHashSet<>()).add(peer.id);
    }

    void leave(Peer peer, String topic) {
        peer.topics.remove(topic);
        Set<PeerId> members = byTopic.get(topic);
        if (members != null && members.remove(peer.id) && members.isEmpty()) {
            byTopic.remove(topic);
        }
    }

    /** Connected peers that have joined the topic. */
    Set<PeerId> in(String topic) {
        return byTopic.getOrDefault(topic, Set.of());
    }

    /** Up to {@code count} peers of the topic that pass, drawn at random. */
    List<PeerId> draw(String topic, int count, Predicate<PeerId> eligible) {
        List<PeerId> out = new ArrayList<>();
        for (PeerId peer : in(topic)) {
            if (eligible.test(peer)) {
                out.add(peer);
            }
        }
        shuffle(out);
        return out.size() <= count ? out : new ArrayList<>(out.subList(0, Math.max(0, count)));
    }

    /** Fisher and Yates. */
    <T> void shuffle(List<T> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            T other = list.get(j);
            list.set(j, list.get(i));
            list.set(i, other);
        }
    }
}
