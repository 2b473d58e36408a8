package org.hearthnet.node.p2p.host;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;

/** The open connections and incoming handshakes of a host, and their limits. */
final class ConnectionTable {
    private final PeerId self;
    private final HostLimits limits;
    private final Map<PeerId, List<PeerConnection>> byPeer = new HashMap<>();
    private final Map<InetAddress, Integer> inboundByAddress = new HashMap<>();
    private int inbound;
    private int total;
    private int handshakes;
    private boolean closed;

    ConnectionTable(PeerId self, HostLimits limits) {
        this.self = self;
        this.limits = limits;
    }

    /** Reserves a place for an incoming connection before anything is read from it; false if there is none. */
    synchronized boolean reserveInbound(InetAddress address) {
        int fromThere = inboundByAddress.getOrDefault(address, 0);
        boolean full = inbound >= limits.maxInbound() || total + handshakes >= limits.maxConnections();
        if (closed || full || handshakes >= limits.maxHandshakes() || fromThere >= limits.maxInboundPerAddress()) {
            return false;
        }
        handshakes++;
        inbound++;
        inboundByAddress.put(address, fromThere + 1);
        return true;
    }

    /** The handshake of a reserved place is over; its connection, if there is one, takes over the place. */
    synchronized void handshakeOver(InetAddress address, boolean connected) {
        handshakes--;
        if (!connected) {
            releaseInbound(address);
        }
    }

    synchronized void add(PeerConnection connection) throws P2pException {
        List<PeerConnection> same = byPeer.getOrDefault(connection.remotePeer(), List.of());
        if (closed) {
            throw P2pException.closed("host");
        }
        if (total >= limits.maxConnections() || same.size() >= limits.maxPerPeer()) {
            throw new P2pException(
                    P2pException.Reason.LIMIT,
                    "connections: " + total + " open, " + same.size() + " with " + connection.remotePeer());
        }
        List<PeerConnection> longer = new ArrayList<>(same);
        longer.add(connection);
        byPeer.put(connection.remotePeer(), longer);
        total++;
    }

    /** False if it was not there (any more). */
    synchronized boolean remove(PeerConnection connection) {
        List<PeerConnection> same = byPeer.get(connection.remotePeer());
        if (same == null || !same.remove(connection)) {
            return false;
        }
        if (same.isEmpty()) {
            byPeer.remove(connection.remotePeer());
        }
        total--;
        if (!connection.outbound()) {
            releaseInbound(connection.remoteIp());
        }
        return true;
    }

    private void releaseInbound(InetAddress address) {
        inbound--;
        inboundByAddress.computeIfPresent(address, (a, n) -> n > 1 ? n - 1 : null);
    }

    /** The open connection that both sides prefer: one dialled by the peer with the smaller id, and of those the oldest. */
    synchronized Optional<PeerConnection> preferred(PeerId peer) {
        boolean outboundFirst = self.compareTo(peer) < 0;
        return byPeer.getOrDefault(peer, List.of()).stream()
                .filter(PeerConnection::isOpen)
                .min(Comparator.comparing(c -> c.outbound() != outboundFirst));
    }

    synchronized List<PeerConnection> all() {
        return byPeer.values().stream().flatMap(List::stream).toList();
    }

    synchronized List<PeerConnection> of(PeerId peer) {
        return List.copyOf(byPeer.getOrDefault(peer, List.of()));
    }

    /** No more connections from now on; returns those that are left. */
    synchronized List<PeerConnection> close() {
        closed = true;
        return all();
    }

    synchronized int handshakes() {
        return handshakes;
    }
}
