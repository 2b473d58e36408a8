package org.hearthnet.node.p2p.flood;

import java.time.Duration;
import java.util.List;
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
 * The sending half of the relation with one connected peer: a queue, and a thread that writes it to a long-lived stream
 * and opens the stream anew when it breaks, as long as there is a connection.
 */
final class Neighbour {
    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(10);

    private final PeerId peer;
    private final Host host;
    private final FloodConfig config;
    private final FloodStats stats;
    private final SendQueue queue;
    private final TokenBucket messages;
    private final TokenBucket bytes;
    private final BackOff backOff = BackOff.quick();
    private int rejected;

    Neighbour(PeerId peer, Host host, FloodConfig config, FloodStats stats, long nowNanos) {
        this.peer = peer;
        this.host = host;
        this.config = config;
        this.stats = stats;
        this.queue = new SendQueue(config.queueMessages(), config.queueBytes());
        this.messages = new TokenBucket(config.messagesPerSecond(), config.burstMessages(), nowNanos);
        this.bytes = new TokenBucket(config.bytesPerSecond(), config.burstBytes(), nowNanos);
    }

    PeerId peer() {
        return peer;
    }

    /**
     * Sends until the peer is disconnected or {@link #stop} is called.
     *
     * @return false if the peer does not speak the protocol
     */
    boolean run() {
        byte[] message = null;
        try {
            while (true) {
                Connection connection = host.connection(peer).orElse(null);
                message = message == null ? queue.take() : message;
                if (connection == null || message == null) {
                    return true;
                }
                message = sendOver(connection, message);
                Thread.sleep(backOff.next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        } catch (P2pException e) {
            return false;
        } finally {
            queue.close();
        }
    }

    /**
     * Returns the message that could not be sent when the stream broke, or null if all is over.
     *
     * @throws P2pException only if the peer does not speak the protocol
     */
    private byte @Nullable [] sendOver(Connection connection, byte[] first) throws InterruptedException, P2pException {
        byte[] message = first;
        Stream stream;
        try {
            stream = connection.openStream(List.of(config.protocol()), Deadline.in(OPEN_TIMEOUT));
        } catch (P2pException e) {
            if (e.reason() == Reason.UNSUPPORTED) {
                throw e;
            }
            return message;
        }
        try (stream) {
            while (message != null) {
                stream.write(message, Deadline.in(config.writeTimeout()));
                stats.sent.increment();
                backOff.reset();
                message = queue.take();
            }
        } catch (P2pException e) {
            stream.reset();
        }
        return message;
    }

    /** @param framed a message with its length before it */
    void send(byte[] framed) {
        stats.dropped.add(queue.add(framed));
    }

    void stop() {
        queue.close();
    }

    /** Nanoseconds for which to read nothing more from this peer, after a message of this size. */
    long charge(int size, long nowNanos) {
        return Math.max(messages.take(1, nowNanos), bytes.take(size, nowNanos));
    }

    /** Whether that is one rejected message too many. */
    synchronized boolean reject() {
        return ++rejected > config.maxRejected();
    }
}
