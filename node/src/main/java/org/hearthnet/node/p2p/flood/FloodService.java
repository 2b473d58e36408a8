package org.hearthnet.node.p2p.flood;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.hearthnet.node.p2p.Connection;
import org.hearthnet.node.p2p.ConnectionListener;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.Identity;
import org.hearthnet.node.p2p.MessageStream;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.ProtocolLimits;
import org.hearthnet.node.p2p.Stream;
import org.hearthnet.node.p2p.wire.WireException;

/**
 * Floods signed messages to all connected peers that speak the protocol. A peer that connects later gets what is sent
 * from then on. What a neighbour sends beyond its rate is not lost but waits at its end, as it is simply not read.
 */
public final class FloodService implements AutoCloseable {
    /** Two streams of a peer overlap while it reopens one. */
    private static final int STREAMS_PER_PEER = 2;

    private final Host host;
    private final Identity identity;
    private final FloodConfig config;
    private final FloodClock clock;
    private final FloodStats stats = new FloodStats();
    private final SeenCache seen;
    private final Map<String, Topic> topics = new ConcurrentHashMap<>();
    private final Map<PeerId, Neighbour> neighbours = new ConcurrentHashMap<>();
    private final Set<Stream> incoming = ConcurrentHashMap.newKeySet();
    private final AtomicLong sequence;
    private final BiConsumer<PeerId, String> misbehaviour;
    private final ConnectionListener listener = new Connections();
    private volatile boolean closed;

    private record Topic(Validator validator, Consumer<FloodMessage> delivered) {}

    /**
     * Starts at once.
     *
     * @param firstSequence greater than any sequence number that this identity has used: microseconds since 1970, say
     * @param misbehaviour told of peers that are disconnected for what they sent
     */
    public FloodService(
            Host host,
            Identity identity,
            FloodConfig config,
            FloodClock clock,
            long firstSequence,
            BiConsumer<PeerId, String> misbehaviour) {
        this.host = host;
        this.identity = identity;
        this.config = config;
        this.clock = clock;
        this.seen = new SeenCache(config.maxSeen(), config.seenFor().toNanos());
        this.sequence = new AtomicLong(firstSequence);
        this.misbehaviour = misbehaviour;
        ProtocolLimits limits = new ProtocolLimits(STREAMS_PER_PEER, STREAMS_PER_PEER * config.maxNeighbours());
        host.handle(config.protocol(), limits, this::receive);
        host.addListener(listener);
        host.connections().forEach(connection -> join(connection.remotePeer()));
    }

    /**
     * Takes part in a topic; messages of other topics are not forwarded.
     *
     * @param delivered given each accepted message of others, on the thread that validated it
     */
    public void subscribe(String topic, Validator validator, Consumer<FloodMessage> delivered) {
        requireTopic(topic);
        if (topics.size() >= config.maxTopics() && !topics.containsKey(topic)) {
            throw new IllegalStateException("more than " + config.maxTopics() + " topics");
        }
        topics.put(topic, new Topic(validator, delivered));
    }

    public void unsubscribe(String topic) {
        topics.remove(topic);
    }

    /** Signs a message and sends it to all neighbours; it is neither validated nor delivered here. Never blocks. */
    public FloodMessage publish(String topic, byte[] payload) {
        requireTopic(topic);
        if (payload.length > maxPayload()) {
            throw new IllegalArgumentException("payload of " + payload.length + " bytes, at most " + maxPayload());
        }
        FloodMessage message =
                FloodMessage.sign(identity, config.protocol(), topic, sequence.getAndIncrement(), payload);
        seen.add(message.id(config.protocol()), clock.nanos());
        forward(message, message.encode(), host.id());
        return message;
    }

    /** Bytes of the largest payload. */
    public int maxPayload() {
        return config.maxMessage() - FloodMessage.OVERHEAD;
    }

    public FloodStats.Counts stats() {
        return stats.counts();
    }

    /** Peers that messages go to at the moment. */
    public int neighbours() {
        return neighbours.size();
    }

    @Override
    public void close() {
        closed = true;
        host.removeListener(listener);
        host.unhandle(config.protocol());
        neighbours.values().forEach(Neighbour::stop);
        incoming.forEach(Stream::reset);
    }

    private void requireTopic(String topic) {
        int length = topic.getBytes(StandardCharsets.UTF_8).length;
        if (length < 1 || length > FloodMessage.MAX_TOPIC) {
            throw new IllegalArgumentException("a topic has 1 to " + FloodMessage.MAX_TOPIC + " bytes");
        }
    }

    private void join(PeerId peer) {
        if (closed || neighbours.size() >= config.maxNeighbours()) {
            return;
        }
        Neighbour fresh = new Neighbour(peer, host, config, stats, clock.nanos());
        if (neighbours.putIfAbsent(peer, fresh) == null) {
            Thread.ofVirtual().name("flood-" + peer).start(() -> {
                boolean supported = fresh.run();
                neighbours.remove(peer, fresh);
                // A new connection may have come while the old neighbour was still on its way out.
                if (supported && host.connection(peer).isPresent()) {
                    join(peer);
                }
            });
        }
    }

    private void forward(FloodMessage message, byte[] encoded, PeerId from) {
        PeerId origin = message.senderPeer();
        byte[] framed = MessageStream.frame(encoded);
        for (Neighbour neighbour : neighbours.values()) {
            // Neither back to where it came from nor to who made it.
            if (!neighbour.peer().equals(from) && !neighbour.peer().equals(origin)) {
                neighbour.send(framed);
            }
        }
    }

    /** Reads one neighbour's stream for as long as it lasts. */
    private void receive(Stream stream) throws P2pException {
        PeerId peer = stream.remotePeer();
        // Its first stream may be faster than the news of its connection.
        join(peer);
        Neighbour neighbour = neighbours.get(peer);
        if (neighbour == null) {
            throw new P2pException(P2pException.Reason.LIMIT, "not a neighbour: " + peer);
        }
        incoming.add(stream);
        try {
            readAll(new MessageStream(stream), neighbour);
        } catch (P2pException e) {
            if (e.reason() == P2pException.Reason.PROTOCOL) {
                expel(peer, "flood: " + e.getMessage());
            }
            throw e;
        } finally {
            incoming.remove(stream);
        }
    }

    private void readAll(MessageStream in, Neighbour neighbour) throws P2pException {
        while (!closed) {
            byte[] encoded = in.read(config.maxMessage(), Deadline.never());
            if (encoded == null) {
                return;
            }
            throttle(neighbour, encoded.length);
            handle(neighbour, encoded);
        }
    }

    private void throttle(Neighbour neighbour, int size) throws P2pException {
        long wait = neighbour.charge(size, clock.nanos());
        if (wait == 0) {
            return;
        }
        stats.throttled.increment();
        try {
            clock.sleep(wait);
        } catch (InterruptedException e) {
            throw P2pException.interrupted("flood");
        }
    }

    private void handle(Neighbour from, byte[] encoded) throws P2pException {
        stats.received.increment();
        FloodMessage message;
        try {
            message = FloodMessage.decode(encoded);
        } catch (WireException e) {
            stats.malformed.increment();
            throw P2pException.of("flood message", e);
        }
        Topic topic = topics.get(message.topic());
        if (topic == null) {
            stats.ignored.increment();
            return;
        }
        MessageId id = message.id(config.protocol());
        if (seen.contains(id, clock.nanos())) {
            stats.duplicates.increment();
            return;
        }
        // Only what is authentic is remembered, or a forged copy could keep the true message out.
        if (!message.isAuthentic(config.protocol())) {
            stats.malformed.increment();
            throw P2pException.protocol("flood message that its sender did not sign");
        }
        if (!seen.add(id, clock.nanos())) {
            stats.duplicates.increment();
            return;
        }
        judge(topic, message, encoded, from);
    }

    private void judge(Topic topic, FloodMessage message, byte[] encoded, Neighbour from) {
        switch (topic.validator().validate(message, from.peer())) {
            case ACCEPT -> {
                stats.accepted.increment();
                forward(message, encoded, from.peer());
                topic.delivered().accept(message);
            }
            case REJECT -> {
                stats.rejected.increment();
                if (from.reject()) {
                    expel(from.peer(), "flood: too many rejected messages");
                }
            }
            case IGNORE -> stats.ignored.increment();
        }
    }

    private void expel(PeerId peer, String why) {
        host.disconnect(peer);
        misbehaviour.accept(peer, why);
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
