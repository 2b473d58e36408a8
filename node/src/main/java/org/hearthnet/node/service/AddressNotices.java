package org.hearthnet.node.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.codec.Tag;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.Offer;
import org.hearthnet.node.chain.Peers;
import org.hearthnet.node.p2p.Connection;
import org.hearthnet.node.p2p.ConnectionListener;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.gossipsub.GossipsubService;
import org.hearthnet.node.p2p.gossipsub.Message;
import org.hearthnet.node.p2p.gossipsub.Verdict;
import org.hearthnet.node.p2p.wire.WireException;
import org.hearthnet.node.pipeline.market.SenderQuota;
import org.jspecify.annotations.Nullable;

/**
 * Tells everybody where this node is reached, and remembers where others are: a duty names an executor by its key only, and
 * the verifier may never have been connected with it. Who is not known is asked for. Every node takes part, because a topic
 * is only forwarded by those who know it. The sender's key is the peer that the addresses are for, so nobody can speak for
 * another.
 */
public final class AddressNotices implements AutoCloseable {
    /** Gossip topic. */
    static final String TOPIC = "addresses";

    /** A notice from more blocks away is stale or forged. */
    static final long MAX_BLOCKS_AWAY = 600;

    static final Codec<Notice> CODEC = Codec.of(Notice.class);

    private static final int PER_WINDOW = 60;
    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final Duration SETTLE = Duration.ofMillis(200);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final GossipsubService pubsub;
    private final Host host;
    private final LongSupplier height;
    private final SenderQuota quota = new SenderQuota(PER_WINDOW, WINDOW_NANOS);
    private final SenderQuota questions = new SenderQuota(1, SHORTEST_PAUSE.toNanos());
    private final BlockingQueue<Boolean> wake = new ArrayBlockingQueue<>(1);
    private final ConnectionListener listener = new ConnectionListener() {
        @Override
        public void connected(Connection connection) {
            wake.offer(true);
        }
    };
    private final Thread loop;

    /** What is said; the sender's chain height makes an old one worthless. */
    public sealed interface Notice {
        /** The sender's height. */
        long height();
    }

    /** Where the sender is reached: multiaddrs without the peer id. */
    @Tag(0)
    public record Here(
            long height, @Limit(Offer.MAX_ADDRESSES) List<@Limit(Offer.MAX_ADDRESS_BYTES) String> addresses)
            implements Notice {}

    /** The sender wants to know where {@code node} is. */
    @Tag(1)
    public record Wanted(long height, NodeId node) implements Notice {}

    /**
     * Takes part.
     *
     * @param height of this node's chain
     */
    public AddressNotices(GossipsubService pubsub, Host host, LongSupplier height) {
        this.pubsub = pubsub;
        this.host = host;
        this.height = height;
        pubsub.subscribe(TOPIC, (message, from) -> judge(message), this::hear);
        host.addListener(listener);
        this.loop = Thread.ofVirtual().name("hearth-addresses").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(SETTLE);
                wake.clear();
                tell();
                Thread.sleep(SHORTEST_PAUSE);
                // New neighbours want to know soon, the others do not forget so quickly.
                wake.poll(LONGEST_PAUSE.minus(SHORTEST_PAUSE).toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        List<String> texts = host.listenAddresses().stream()
                .map(Multiaddr::withoutPeer)
                .map(Multiaddr::toString)
                .filter(t -> t.length() <= Offer.MAX_ADDRESS_BYTES)
                .limit(Offer.MAX_ADDRESSES)
                .toList();
        if (!texts.isEmpty()) {
            pubsub.publish(TOPIC, CODEC.encode(new Here(height.getAsLong(), texts)));
        }
    }

    /** Asks where {@code node} is, unless that was asked a moment ago; the answer goes to the host's address book. */
    public void seek(NodeId node) {
        if (questions.take(node, System.nanoTime())) {
            pubsub.publish(TOPIC, CODEC.encode(new Wanted(height.getAsLong(), node)));
        }
    }

    private Verdict judge(Message message) {
        Notice notice = decode(message);
        if (notice == null) {
            return Verdict.REJECT;
        }
        boolean fresh = Math.abs(notice.height() - height.getAsLong()) <= MAX_BLOCKS_AWAY;
        return fresh && quota.take(Peers.nodeId(message.from()), System.nanoTime()) ? Verdict.ACCEPT : Verdict.IGNORE;
    }

    private static @Nullable Notice decode(Message message) {
        try {
            return CODEC.decode(message.data());
        } catch (CodecException | IllegalArgumentException e) {
            return null;
        }
    }

    private void hear(Message message) {
        switch (decode(message)) {
            case null -> {}
            case Here here -> learn(message.from(), here);
            case Wanted wanted -> {
                if (Peers.peerId(wanted.node()).equals(host.id())) {
                    wake.offer(true);
                }
            }
        }
    }

    private void learn(PeerId sender, Here here) {
        if (sender.equals(host.id())) {
            return;
        }
        List<Multiaddr> addresses = new ArrayList<>();
        for (String text : here.addresses) {
            try {
                addresses.add(Multiaddr.parse(text));
            } catch (WireException e) {
                continue; // a kind of address that this version does not know
            }
        }
        host.addressBook().add(sender, addresses);
    }

    @Override
    public void close() {
        loop.interrupt();
        host.removeListener(listener);
        pubsub.unsubscribe(TOPIC);
    }
}
