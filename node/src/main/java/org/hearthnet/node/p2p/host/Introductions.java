package org.hearthnet.node.p2p.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hearthnet.node.p2p.AddressBook;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerInfo;
import org.hearthnet.node.p2p.Stream;
import org.hearthnet.node.p2p.identify.Identify;

/** Tells peers who this host is and learns who they are: both sides of identify, and the receiving side of its push. */
final class Introductions {
    private static final String PROTOCOL_VERSION = "ipfs/0.1.0";

    private final HostConfig config;
    private final HandlerTable handlers;
    private final AddressBook addressBook;
    private final Supplier<List<Multiaddr>> listenAddresses;

    Introductions(
            HostConfig config,
            HandlerTable handlers,
            AddressBook addressBook,
            Supplier<List<Multiaddr>> listenAddresses) {
        this.config = config;
        this.handlers = handlers;
        this.addressBook = addressBook;
        this.listenAddresses = listenAddresses;
    }

    /** Asks the peer of a new connection. */
    void ask(PeerConnection connection) {
        Deadline deadline = deadline();
        try (Stream stream = connection.openStream(List.of(Identify.PROTOCOL), deadline)) {
            learn(connection, Identify.receive(stream, deadline));
        } catch (P2pException e) {
            // A peer that does not introduce itself can still be useful.
        }
    }

    void send(Stream stream) throws P2pException {
        List<Multiaddr> addresses = new ArrayList<>(config.announce());
        addresses.addAll(listenAddresses.get());
        Multiaddr observed = stream.connection().remoteAddress();
        PeerInfo info = new PeerInfo(
                addresses, handlers.protocols(), PROTOCOL_VERSION, config.agentVersion(), Optional.of(observed));
        Identify.send(stream, config.identity().publicKey(), info, deadline());
    }

    void receivePush(Stream stream) throws P2pException {
        PeerInfo info = Identify.receive(stream, deadline());
        if (stream.connection() instanceof PeerConnection connection) {
            learn(connection, info);
        }
    }

    private void learn(PeerConnection connection, PeerInfo info) {
        connection.identified(info);
        addressBook.add(connection.remotePeer(), info.listenAddresses());
    }

    private Deadline deadline() {
        Duration negotiation = config.times().negotiation();
        return Deadline.in(negotiation);
    }
}
