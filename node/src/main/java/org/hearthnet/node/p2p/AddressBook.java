package org.hearthnet.node.p2p;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Addresses of peers in memory, bounded in both directions: the peer not touched for longest makes room for a new one,
 * and so does a peer's oldest address. Peers that were added as permanent (bootstrap peers, say) are not forgotten.
 */
public final class AddressBook {
    private final int maxPeers;
    private final int maxAddressesPerPeer;
    private final LinkedHashMap<PeerId, LinkedHashSet<Multiaddr>> byPeer = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<PeerId> permanent = new TreeSet<>();

    public AddressBook(int maxPeers, int maxAddressesPerPeer) {
        if (maxPeers < 1 || maxAddressesPerPeer < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
        this.maxPeers = maxPeers;
        this.maxAddressesPerPeer = maxAddressesPerPeer;
    }

    /** Addresses that cannot be dialled by TCP, or that name another peer, are left out. */
    public synchronized void add(PeerId peer, List<Multiaddr> addresses) {
        for (Multiaddr address : addresses) {
            if (address.tcpTarget().isPresent()
                    && address.peer().map(peer::equals).orElse(true)) {
                put(peer, address.withoutPeer());
            }
        }
    }

    /** Adds an address that names its peer; the peer is kept whatever else comes. */
    public synchronized void addPermanent(Multiaddr address) {
        PeerId peer =
                address.peer().orElseThrow(() -> new IllegalArgumentException("address without a peer id: " + address));
        if (permanent.size() >= maxPeers && !permanent.contains(peer)) {
            throw new IllegalArgumentException("more than " + maxPeers + " permanent peers");
        }
        permanent.add(peer);
        add(peer, List.of(address));
    }

    /** Newest first, as that is the most likely one to be right. */
    public synchronized List<Multiaddr> addresses(PeerId peer) {
        return Optional.ofNullable(byPeer.get(peer))
                .map(found -> List.copyOf(found.reversed()))
                .orElse(List.of());
    }

    public synchronized List<PeerId> peers() {
        return List.copyOf(byPeer.keySet());
    }

    public synchronized void remove(PeerId peer) {
        byPeer.remove(peer);
        permanent.remove(peer);
    }

    private void put(PeerId peer, Multiaddr address) {
        LinkedHashSet<Multiaddr> addresses = byPeer.computeIfAbsent(peer, p -> new LinkedHashSet<>());
        addresses.remove(address);
        addresses.add(address);
        if (addresses.size() > maxAddressesPerPeer) {
            addresses.removeFirst();
        }
        if (byPeer.size() > maxPeers) {
            forgetOldest(peer);
        }
    }

    private void forgetOldest(PeerId except) {
        for (Map.Entry<PeerId, LinkedHashSet<Multiaddr>> entry : new ArrayList<>(byPeer.entrySet())) {
            if (!permanent.contains(entry.getKey()) && !entry.getKey().equals(except)) {
                byPeer.remove(entry.getKey());
                return;
            }
        }
        byPeer.remove(except);
    }
}
