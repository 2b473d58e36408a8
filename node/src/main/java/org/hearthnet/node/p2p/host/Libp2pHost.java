package org.hearthnet.node.p2p.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hearthnet.node.p2p.AddressBook;
import org.hearthnet.node.p2p.Connection;
import org.hearthnet.node.p2p.ConnectionListener;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.P2pException.Reason;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.ProtocolLimits;
import org.hearthnet.node.p2p.Stream;
import org.hearthnet.node.p2p.StreamHandler;
import org.hearthnet.node.p2p.Timer;
import org.hearthnet.node.p2p.identify.Identify;
import org.hearthnet.node.p2p.identify.Ping;
import org.hearthnet.node.p2p.yamux.BufferBudget;
import org.hearthnet.node.p2p.yamux.YamuxSession;

/** A {@link Host} over TCP, noise and yamux. */
public final class Libp2pHost implements Host {
    private static final ProtocolLimits SMALL = new ProtocolLimits(4, 512);
    private static final int MAX_KNOWN_PEERS = 4096;
    private static final int MAX_ADDRESSES_PER_PEER = 16;
    /** A second connection that the other one has replaced is not needed for as long as a lone idle one. */
    private static final Duration SPARE_IDLE = Duration.ofSeconds(15);

    private final HostConfig config;
    private final SecureRandom random = new SecureRandom();
    private final Timer timer = new Timer("p2p-timer");
    private final BufferBudget buffers;
    private final ConnectionTable table;
    private final HandlerTable handlers = new HandlerTable();
    private final StreamServer streamServer;
    private final Introductions introductions;
    private final Upgrader upgrader;
    private final Dialer dialer;
    private final AddressBook addressBook = new AddressBook(MAX_KNOWN_PEERS, MAX_ADDRESSES_PER_PEER);
    private final List<ConnectionListener> connectionListeners = new CopyOnWriteArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private volatile boolean closed;

    private Libp2pHost(HostConfig config) {
        this.config = config;
        this.buffers = new BufferBudget(config.limits().maxReceived(), null);
        this.table = new ConnectionTable(id(), config.limits());
        this.streamServer = new StreamServer(handlers, config.times().negotiation());
        this.upgrader = new Upgrader(config.identity(), random, timer);
        this.dialer = new Dialer(config.limits(), config.times(), this::connect);
        this.introductions = new Introductions(config, handlers, addressBook, this::listenAddresses);
        handle(Ping.PROTOCOL, SMALL, Ping::serve);
        handle(Identify.PROTOCOL, SMALL, introductions::send);
        handle(Identify.PUSH_PROTOCOL, SMALL, introductions::receivePush);
    }

    /** Binds all listening addresses and starts. */
    public static Libp2pHost start(HostConfig config) throws IOException {
        Libp2pHost host = new Libp2pHost(config);
        try {
            for (Multiaddr address : config.listen()) {
                host.listeners.add(new Listener(address, host.table, host::greet));
            }
        } catch (IOException | RuntimeException e) {
            host.close();
            throw e;
        }
        host.listeners.forEach(Listener::start);
        host.closeIdle();
        return host;
    }

    @Override
    public PeerId id() {
        return config.identity().peerId();
    }

    @Override
    public List<Multiaddr> listenAddresses() {
        List<Multiaddr> addresses = new ArrayList<>();
        for (Listener listener : listeners) {
            try {
                addresses.addAll(listener.addresses());
            } catch (IOException e) {
                // A socket that is closed already is listened on no more.
            }
        }
        return addresses;
    }

    @Override
    public AddressBook addressBook() {
        return addressBook;
    }

    @Override
    public void handle(String protocol, ProtocolLimits limits, StreamHandler handler) {
        handlers.put(protocol, handler, limits);
    }

    @Override
    public void unhandle(String protocol) {
        handlers.remove(protocol);
    }

    @Override
    public Connection dial(Multiaddr address, Deadline deadline) throws P2pException {
        Optional<PeerId> peer = address.peer();
        if (peer.isPresent()) {
            addressBook.add(peer.get(), List.of(address));
            return dial(peer.get(), deadline);
        }
        requireOpen();
        return dialer.dialAnyone(address, deadline);
    }

    @Override
    public Connection dial(PeerId peer, Deadline deadline) throws P2pException {
        requireOpen();
        requireAllowed(peer);
        Optional<PeerConnection> open = table.preferred(peer);
        return open.isPresent() ? open.get() : dialer.dial(peer, addressBook.addresses(peer), deadline);
    }

    @Override
    public Duration ping(PeerId peer, Deadline deadline) throws P2pException {
        Stream stream = openStream(peer, Ping.PROTOCOL, deadline);
        try {
            Duration roundTrip = Ping.measure(stream, random, deadline);
            stream.close();
            return roundTrip;
        } catch (P2pException e) {
            stream.reset();
            throw e;
        }
    }

    @Override
    public Optional<Connection> connection(PeerId peer) {
        return table.preferred(peer).map(Connection.class::cast);
    }

    @Override
    public List<Connection> connections() {
        return table.all().stream()
                .filter(PeerConnection::isOpen)
                .map(Connection.class::cast)
                .toList();
    }

    @Override
    public void disconnect(PeerId peer) {
        table.of(peer).forEach(PeerConnection::close);
    }

    @Override
    public void addListener(ConnectionListener listener) {
        connectionListeners.add(listener);
    }

    @Override
    public void removeListener(ConnectionListener listener) {
        connectionListeners.remove(listener);
    }

    @Override
    public void close() {
        closed = true;
        listeners.forEach(Listener::close);
        table.close().forEach(PeerConnection::close);
        // Tasks that close channels of ended sessions still run; nothing new is taken.
        timer.close();
    }

    private void requireOpen() throws P2pException {
        if (closed) {
            throw P2pException.closed("host");
        }
    }

    private void requireAllowed(PeerId peer) throws P2pException {
        if (peer.equals(id())) {
            throw new P2pException(Reason.REFUSED, "that is this host itself");
        }
        if (!config.gate().test(peer)) {
            throw new P2pException(Reason.REFUSED, "not allowed here: " + peer);
        }
    }

    private PeerConnection connect(Multiaddr address, Optional<PeerId> expected, Deadline deadline)
            throws P2pException {
        SocketChannel socket = TcpTransport.dial(address.withoutPeer(), deadline);
        try {
            Deadline handshake = deadline.orIn(config.times().handshake());
            InetSocketAddress remote = (InetSocketAddress) socket.getRemoteAddress();
            return establish(upgrader.outbound(socket, expected, handshake), remote, true);
        } catch (IOException e) {
            TcpTransport.closeQuietly(socket);
            throw P2pException.of("dial " + address, e);
        }
    }

    private boolean greet(SocketChannel socket, InetSocketAddress remote) {
        try {
            TcpTransport.configure(socket);
            establish(upgrader.inbound(socket, Deadline.in(config.times().handshake())), remote, false);
            return true;
        } catch (IOException e) {
            // Strangers fail in any way they like; the socket is closed and that is all.
            return false;
        }
    }

    private PeerConnection establish(Upgrader.Upgraded upgraded, InetSocketAddress remote, boolean outbound)
            throws P2pException {
        requireAllowed(upgraded.peer());
        PeerConnection connection =
                new PeerConnection(upgraded.peer(), Multiaddr.tcp(remote), remote.getAddress(), outbound);
        connection.attach(new YamuxSession(
                upgraded.channel(),
                outbound,
                config.yamux(),
                stream -> streamServer.serve(connection, stream),
                session -> ended(connection),
                buffers,
                timer));
        table.add(connection);
        connection.start();
        Thread.ofVirtual().name("p2p-identify").start(() -> begin(connection));
        return connection;
    }

    private void begin(PeerConnection connection) {
        try {
            connectionListeners.forEach(listener -> listener.connected(connection));
        } finally {
            connection.announced().countDown();
        }
        introductions.ask(connection);
    }

    private void ended(PeerConnection connection) {
        if (table.remove(connection)) {
            Thread.ofVirtual().name("p2p-ended").start(() -> announceEnd(connection));
        }
    }

    private void announceEnd(PeerConnection connection) {
        try {
            connection.announced().await();
            connectionListeners.forEach(listener -> listener.disconnected(connection));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Now and then, for as long as the host lives. */
    private void closeIdle() {
        long now = System.nanoTime();
        for (PeerConnection connection : table.all()) {
            boolean spare = table.preferred(connection.remotePeer())
                    .map(preferred -> preferred != connection)
                    .orElse(false);
            Duration limit = spare ? SPARE_IDLE : config.times().idle();
            if (connection.idleNanos(now) > limit.toNanos()) {
                connection.close();
            }
        }
        long period = Math.min(SPARE_IDLE.toNanos(), config.times().idle().toNanos()) / 3;
        timer.after(Math.max(1, period), this::closeIdle);
    }
}
