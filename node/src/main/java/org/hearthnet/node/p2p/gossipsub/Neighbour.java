package org.hearthnet.node.p2p.gossipsub;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hearthnet.node.p2p.BackOff;
import org.hearthnet.node.p2p.Connection;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.P2pException.Reason;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of the relation with one connected peer: a queue, and a thread that writes it to a long-lived stream and
 * opens the stream anew when it breaks, as long as there is a connection (pubsub, Stream management: one stream each way).
 */
final class Neighbour {
    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(30);

    private final PeerId peer;
    private final Host host;
    private final GossipsubConfig.LinkLimits limits;
    private final GossipStats stats;
    private final SendQueue queue;
    private final TokenBucket messages;
    private final TokenBucket bytes;
    private final BackOff backOff = BackOff.quick();
    private final CountDownLatch ready = new CountDownLatch(1);

    Neighbour(PeerId peer, Host host, GossipsubConfig.LinkLimits limits, GossipStats stats, long nowNanos) {
        this.peer = peer;
        this.host = host;
        this.limits = limits;
        this.stats = stats;
        this.queue = new SendQueue(limits.queueMessages(), limits.queueBytes());
        this.messages = new TokenBucket(limits.messagesPerSecond(), limits.burstMessages(), nowNanos);
        this.bytes = new TokenBucket(limits.bytesPerSecond(), limits.burstBytes(), nowNanos);
    }

    PeerId peer() {
        return peer;
    }

    /**
     * Sends until the peer is disconnected or {@link #stop} is called.
     *
     * @param opened told of the first stream, and which version it speaks, before anything is sent
     * @param hello the first RPC on each further stream, framed: the other side may have forgotten what this one has joined
     * @return false if the peer does not speak the protocol
     */
    boolean run(Consumer<Stream> opened, Supplier<byte[]> hello) {
        boolean first = true;
        try {
            Connection connection = host.connection(peer).orElse(null);
            while (connection != null && !queue.isClosed()) {
                Stream stream = open(connection);
                if (stream != null) {
                    sendOver(stream, first ? null : hello.get(), first ? opened : s -> {});
                    first = false;
                }
                Thread.sleep(backOff.next());
                connection = host.connection(peer).orElse(null);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (P2pException e) {
            return false;
        } finally {
            stop();
        }
    }

    /** @throws P2pException only if the peer does not speak the protocol */
    private @Nullable Stream open(Connection connection) throws P2pException {
        try {
            return connection.openStream(Version.protocols(), Deadline.in(OPEN_TIMEOUT));
        } catch (P2pException e) {
            if (e.reason() == Reason.UNSUPPORTED) {
                throw e;
            }
            return null;
        }
    }

    /** Writes until the stream breaks; what was under way then is lost, as gossip makes up for it. */
    private void sendOver(Stream stream, byte @Nullable [] greeting, Consumer<Stream> opened)
            throws InterruptedException {
        try (stream) {
            opened.accept(stream);
            ready.countDown();
            byte[] frame = greeting == null ? queue.take() : greeting;
            while (frame != null) {
                stream.write(frame, Deadline.in(limits.writeTimeout()));
                stats.sent.increment();
                stats.bytesSent.add(frame.length);
                backOff.reset();
                frame = queue.take();
            }
        } catch (P2pException e) {
            stream.reset();
        }
    }

    /** Whether the router knows of the peer, for which this waits a moment. */
    boolean awaitReady() throws InterruptedException {
        return ready.await(READY_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @param frame an RPC with its length before it */
    void send(byte[] frame, boolean control) {
        stats.dropped.add(queue.add(frame, control));
    }

    void stop() {
        queue.close();
        ready.countDown();
    }

    /** Nanoseconds for which to read nothing more from this peer, after so many messages and bytes. */
    long charge(int count, int size, long nowNanos) {
        return Math.max(messages.take(count, nowNanos), bytes.take(size, nowNanos));
    }
}
