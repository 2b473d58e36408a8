package org.hearthnet.node.p2p;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** This side of the network: one key, some listening addresses, handlers, and the connections with peers. */
public interface Host extends AutoCloseable {
    PeerId id();

    /** Where this host listens, with real ports and without the peer id. */
    List<Multiaddr> listenAddresses();

    /** Where to reach peers that are not connected. */
    AddressBook addressBook();

    /** Serves incoming streams of a protocol; replaces an earlier handler. */
    void handle(String protocol, ProtocolLimits limits, StreamHandler handler);

    default void handle(String protocol, StreamHandler handler) {
        handle(protocol, ProtocolLimits.DEFAULT, handler);
    }

    /** Streams of this protocol are refused from now on; running handlers go on. */
    void unhandle(String protocol);

    /**
     * Connects with whoever answers at the address, or with exactly the peer that it names; an open connection with
     * that peer is used again.
     *
     * @throws P2pException UNREACHABLE, REFUSED, LIMIT, DEADLINE, PROTOCOL or CLOSED
     */
    Connection dial(Multiaddr address, Deadline deadline) throws P2pException;

    /** The open connection with the peer, or a new one by the address book. Concurrent calls share one attempt. */
    Connection dial(PeerId peer, Deadline deadline) throws P2pException;

    /** {@link #dial(PeerId, Deadline)} and {@link Connection#openStream}. */
    default Stream openStream(PeerId peer, List<String> protocols, Deadline deadline) throws P2pException {
        return dial(peer, deadline).openStream(protocols, deadline);
    }

    default Stream openStream(PeerId peer, String protocol, Deadline deadline) throws P2pException {
        return openStream(peer, List.of(protocol), deadline);
    }

    /** The round trip of a {@code /ipfs/ping/1.0.0} echo. */
    Duration ping(PeerId peer, Deadline deadline) throws P2pException;

    /** The preferred open connection with the peer; both sides prefer the same one. */
    Optional<Connection> connection(PeerId peer);

    /** All open connections. */
    List<Connection> connections();

    /** Closes all connections with the peer. */
    void disconnect(PeerId peer);

    void addListener(ConnectionListener listener);

    void removeListener(ConnectionListener listener);

    /** Stops listening and ends all connections. */
    @Override
    void close();
}
