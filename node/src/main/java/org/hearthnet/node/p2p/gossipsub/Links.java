package org.hearthnet.node.p2p.gossipsub;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.hearthnet.node.p2p.Connection;
import org.hearthnet.node.p2p.ConnectionListener;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.MessageStream;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.Stream;
import org.hearthnet.node.p2p.wire.WireException;

/** The streams of a {@link GossipsubService} to and from its neighbours. */
final class Links implements AutoCloseable {
    /** Two streams of a peer overlap while it opens one anew. */
    static final int STREAMS_PER_PEER = 2;

    private static final int DIALS = 8;
    private static final Duration DIAL_TIMEOUT = Duration.ofSeconds(20);

    private final GossipsubService service;
    private final Host host;
    private final GossipsubConfig config;
    private final GossipClock clock;
    private final GossipStats stats;
    private final Map<PeerId, Neighbour> neighbours = new ConcurrentHashMap<>();
    private final Set<Stream> incoming = ConcurrentHashMap.newKeySet();
    private final Semaphore dials = new Semaphore(DIALS);
    private final ConnectionListener listener = new Connections();
    private volatile boolean closed;

    Links(GossipsubService service, Host host, GossipsubConfig config, GossipClock clock, GossipStats stats) {
        this.service = service;
        this.host = host;
        this.config = config;
        this.clock = clock;
        this.stats = stats;
    }

    void start() {
        host.addListener(listener);
        host.connections().forEach(connection -> join(connection.remotePeer()));
    }

    void send(PeerId peer, byte[] frame, boolean control) {
        Neighbour neighbour = neighbours.get(peer);
        if (neighbour != null) {
            neighbour.send(frame, control);
        }
    }

    private void join(PeerId peer) {
        if (closed || neighbours.size() >= config.limits().peers()) {
            return;
        }
        Neighbour fresh = new Neighbour(peer, host, config.links(), stats, clock.nanos());
        if (neighbours.putIfAbsent(peer, fresh) == null) {
            Thread.ofVirtual().name("gossipsub-" + peer).start(() -> run(fresh));
        }
    }

    private void run(Neighbour neighbour) {
        PeerId peer = neighbour.peer();
        boolean supported = neighbour.run(this::opened, service::hello);
        service.step(new Input.PeerDown(peer));
        neighbours.remove(peer, neighbour);
        // A new connection may have come while the old neighbour was still on its way out.
        if (supported && host.connection(peer).isPresent()) {
            join(peer);
        }
    }

    private void opened(Stream stream) {
        Connection connection = stream.connection();
        service.step(new Input.PeerUp(
                stream.remotePeer(), Version.of(stream.protocol()), connection.outbound(), Origins.of(connection)));
    }

    /** Tries peers that another one has offered, some at a time; those whose address is not known are left alone. */
    void connect(List<PeerId> peers) {
        for (PeerId peer : peers) {
            boolean possible = !host.addressBook().addresses(peer).isEmpty()
                    && host.connection(peer).isEmpty();
            if (possible && !closed && dials.tryAcquire()) {
                Thread.ofVirtual().name("gossipsub-dial").start(() -> dial(peer));
            }
        }
    }

    private void dial(PeerId peer) {
        try {
            host.dial(peer, Deadline.in(DIAL_TIMEOUT));
        } catch (P2pException e) {
            // Offered by another peer and not there: there are others.
        } finally {
            dials.release();
        }
    }

    /** Reads one neighbour's stream for as long as it lasts. */
    void receive(Stream stream) throws P2pException {
        PeerId peer = stream.remotePeer();
        // Its first stream may be faster than the news of its connection.
        join(peer);
        Neighbour neighbour = neighbours.get(peer);
        if (neighbour == null) {
            throw new P2pException(P2pException.Reason.LIMIT, "not a neighbour: " + peer);
        }
        incoming.add(stream);
        try {
            if (neighbour.awaitReady()) {
                readAll(new MessageStream(stream), neighbour);
            }
        } catch (InterruptedException e) {
            throw P2pException.interrupted("gossipsub");
        } catch (P2pException e) {
            if (e.reason() == P2pException.Reason.PROTOCOL) {
                stats.malformed.increment();
                service.expel(peer, "gossipsub: " + e.getMessage());
            }
            throw e;
        } finally {
            incoming.remove(stream);
        }
    }

    private void readAll(MessageStream in, Neighbour neighbour) throws P2pException, InterruptedException {
        while (!closed) {
            byte[] encoded = in.read(RpcCodec.MAX_RPC, Deadline.never());
            if (encoded == null) {
                return;
            }
            stats.bytesReceived.add(encoded.length);
            Rpc rpc = decode(encoded);
            throttle(neighbour, Math.max(1, rpc.messages()), encoded.length);
            service.awaitRoom(neighbour.peer(), rpc);
            service.step(new Input.Received(neighbour.peer(), rpc));
        }
    }

    private static Rpc decode(byte[] encoded) throws P2pException {
        try {
            return RpcCodec.decode(encoded);
        } catch (WireException e) {
            throw P2pException.of("RPC", e);
        }
    }

    private void throttle(Neighbour neighbour, int messages, int size) throws InterruptedException {
        long wait = neighbour.charge(messages, size, clock.nanos());
        if (wait > 0) {
            stats.throttled.increment();
            clock.sleep(wait);
        }
    }

    @Override
    public void close() {
        closed = true;
        host.removeListener(listener);
        neighbours.values().forEach(Neighbour::stop);
        incoming.forEach(Stream::reset);
    }

    private final class Connections implements ConnectionListener {
        @Override
        public void connected(Connection connection) {
            join(connection.remotePeer());
        }

        @Override
        public void disconnected(Connection connection) {
            PeerId peer = connection.remotePeer();
            if (host.connection(peer).isEmpty()) {
                Neighbour gone = neighbours.get(peer);
                if (gone != null) {
                    gone.stop();
                }
            }
        }
    }
}
