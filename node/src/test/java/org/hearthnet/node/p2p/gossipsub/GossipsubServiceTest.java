package org.hearthnet.node.p2p.gossipsub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.hearthnet.node.p2p.Identity;
import org.hearthnet.node.p2p.MessageStream;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.Stream;
import org.hearthnet.node.p2p.TestHosts;
import org.hearthnet.node.p2p.host.Libp2pHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class GossipsubServiceTest {
    private static final String NET = "test";
    private static final String TOPIC = "blocks";
    private static final String FULL = NET + "/" + TOPIC;

    private final List<Node> nodes = new ArrayList<>();
    private final Map<PeerId, String> expelled = new ConcurrentHashMap<>();
    private GossipsubConfig config = GossipsubConfig.of(NET);
    private GossipClock clock = GossipClock.system();

    private final class Node {
        final Libp2pHost host;
        final GossipsubService gossip;
        final List<String> delivered = new CopyOnWriteArrayList<>();

        Node(int seed) throws IOException {
            host = TestHosts.start(seed);
            gossip = new GossipsubService(host, TestHosts.identity(seed), config, clock, 1, expelled::put);
            nodes.add(this);
        }

        Node subscribe(Validator validator) {
            gossip.subscribe(TOPIC, validator, m -> delivered.add(new String(m.data(), StandardCharsets.UTF_8)));
            return this;
        }

        void connect(Node other) throws Exception {
            host.dial(TestHosts.address(other.host), TestHosts.soon());
            TestHosts.await("mesh", () -> inMesh(other) && other.inMesh(this));
        }

        boolean inMesh(Node other) {
            return gossip.mesh(TOPIC).contains(other.host.id());
        }

        void publish(String text) {
            gossip.publish(TOPIC, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private Node node(int seed) throws IOException {
        return new Node(seed).subscribe((message, from) -> Verdict.ACCEPT);
    }

    @AfterEach
    void close() {
        for (Node node : nodes) {
            node.gossip.close();
            node.host.close();
        }
    }

    private static void awaitDelivered(Node node, String... texts) throws InterruptedException {
        TestHosts.await(List.of(texts) + " delivered", () -> node.delivered.containsAll(List.of(texts)));
        assertEquals(texts.length, node.delivered.size());
    }

    @Test
    void messagesReachEveryoneOnceOverALine() throws Exception {
        Node a = node(1);
        Node b = node(2);
        Node c = node(3);
        a.connect(b);
        b.connect(c);
        a.publish("one");
        c.publish("two");
        b.publish("three");
        awaitDelivered(a, "two", "three");
        awaitDelivered(b, "one", "two");
        awaitDelivered(c, "one", "three");
    }

    @Test
    void loopsDeliverOnce() throws Exception {
        List<Node> ring = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ring.add(node(i + 1));
            for (int j = 0; j < i; j++) {
                ring.get(i).connect(ring.get(j));
            }
        }
        for (int round = 0; round < 20; round++) {
            ring.get(round % 5).publish("m" + round);
        }
        TestHosts.await(
                "all delivered",
                () -> ring.stream().mapToInt(n -> n.delivered.size()).sum() == 20 * 4);
        TestHosts.await(
                "duplicates seen", () -> ring.getFirst().gossip.stats().router().duplicates() > 0);
        assertEquals(80, ring.stream().mapToInt(n -> n.delivered.size()).sum());
        assertTrue(expelled.isEmpty());
    }

    @Test
    void whoComesALittleLateHearsOfWhatWasSaid() throws Exception {
        Node a = node(1);
        a.publish("before");
        Node b = node(2);
        a.connect(b);
        a.publish("after");
        awaitDelivered(b, "before", "after");
    }

    @Test
    void connectionsThatComeBackCarryMessagesAgain() throws Exception {
        Node a = node(1);
        Node b = node(2);
        for (int round = 0; round < 3; round++) {
            a.connect(b);
            a.publish("m" + round);
            String text = "m" + round;
            TestHosts.await(text, () -> b.delivered.contains(text));
            a.host.disconnect(b.host.id());
            TestHosts.await("apart", () -> a.gossip.neighbours() == 0 && b.gossip.neighbours() == 0);
        }
    }

    @Test
    void rejectedMessagesGoNoFurtherAndManyOfThemEndTheConnection() throws Exception {
        Node a = node(1);
        Node b = new Node(2).subscribe((m, from) -> Verdict.REJECT);
        Node c = node(3);
        a.connect(b);
        b.connect(c);
        for (int i = 0; i < 200 && !expelled.containsKey(a.host.id()); i++) {
            a.publish("bad" + i);
            long judged = i + 1;
            TestHosts.await(
                    "judged",
                    () -> b.gossip.stats().router().rejected() == judged || expelled.containsKey(a.host.id()));
        }
        TestHosts.await("expelled", () -> expelled.containsKey(a.host.id()));
        TestHosts.await("gone", () -> a.host.connections().isEmpty());
        assertTrue(b.gossip.stats().router().rejected() < 20);
        assertTrue(c.delivered.isEmpty() && b.delivered.isEmpty());
    }

    @Test
    void ignoredMessagesUnknownTopicsAndOtherNetworksGoNoFurther() throws Exception {
        Node a = node(1);
        Node b = new Node(2).subscribe((m, from) -> Verdict.IGNORE);
        Node c = node(3);
        a.connect(b);
        b.connect(c);
        config = GossipsubConfig.of("other");
        Node stranger = node(4);
        stranger.host.dial(TestHosts.address(b.host), TestHosts.soon());
        stranger.publish("strange");
        a.publish("quiet");
        a.gossip.publish("unknown", new byte[] {1});
        TestHosts.await("ignored", () -> b.gossip.stats().router().ignored() == 1);
        b.publish("loud");
        awaitDelivered(c, "loud");
        assertTrue(stranger.delivered.isEmpty() && expelled.isEmpty());
    }

    /** Speaks the protocol without the service, up to the GRAFT. */
    private MessageStream raw(Libp2pHost host, Node victim) throws P2pException {
        for (Version version : Version.values()) {
            host.handle(
                    version.protocol(),
                    stream -> stream.read(new byte[1], 0, 1, org.hearthnet.node.p2p.Deadline.never()));
        }
        host.dial(TestHosts.address(victim.host), TestHosts.soon());
        return new MessageStream(host.openStream(victim.host.id(), Version.protocols(), TestHosts.soon()));
    }

    private static byte[] rpc(Message message) {
        return RpcCodec.encode(Rpc.publishing(List.of(message)));
    }

    @Test
    void forgedReplayedAndMalformedMessages() throws Exception {
        Node victim = node(1);
        Identity author = TestHosts.identity(50);
        Message good = Message.sign(author, FULL, 1, "good".getBytes(StandardCharsets.UTF_8));
        byte[] forged = rpc(good);
        forged[forged.length - 1] ^= 1;
        byte[] moved = rpc(Message.unauthentic(author.peerId(), FULL, 2, good.data(), new byte[64]));
        int seed = 100;
        for (byte[] bad : new byte[][] {forged, moved, {1, 2, 3}, new byte[5000]}) {
            try (Libp2pHost attacker = TestHosts.start(++seed)) {
                raw(attacker, victim).write(bad, TestHosts.soon());
                TestHosts.await("expelled", () -> expelled.containsKey(attacker.id()));
            }
        }
        try (Libp2pHost honest = TestHosts.start(++seed)) {
            MessageStream out = raw(honest, victim);
            // The forged copy came first and must not have kept the true message out; a replay counts once.
            for (int i = 0; i < 3; i++) {
                out.write(rpc(good), TestHosts.soon());
            }
            TestHosts.await("replays seen", () -> victim.gossip.stats().router().duplicates() == 2);
            awaitDelivered(victim, "good");
            assertFalse(expelled.containsKey(honest.id()));
        }
    }

    @Test
    void oversizedMessagesEndTheConnection() throws Exception {
        Node victim = node(1);
        try (Libp2pHost attacker = TestHosts.start(2)) {
            Stream stream = raw(attacker, victim).stream();
            stream.write(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f}, TestHosts.soon());
            TestHosts.await("expelled", () -> expelled.containsKey(attacker.id()));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> victim.gossip.publish(TOPIC, new byte[victim.gossip.maxPayload() + 1]));
    }

    @Test
    void largestMessagesPass() throws Exception {
        Node a = node(1);
        Node b = new Node(2);
        List<byte[]> got = new CopyOnWriteArrayList<>();
        b.gossip.subscribe(TOPIC, (m, from) -> Verdict.ACCEPT, m -> got.add(m.data()));
        a.connect(b);
        byte[] payload = new byte[a.gossip.maxPayload()];
        new Random(1).nextBytes(payload);
        a.gossip.publish(TOPIC, payload);
        TestHosts.await("delivered", () -> got.size() == 1);
        assertArrayEquals(payload, got.getFirst());
    }

    @Test
    void neighbourBeyondItsRateIsReadMoreSlowly() throws Exception {
        AtomicLong slept = new AtomicLong(1);
        GossipsubConfig.LinkLimits slow =
                new GossipsubConfig.LinkLimits(1024, 8 << 20, 10, 5, 1_000_000, 2_000_000, Duration.ofSeconds(30));
        config = config.withLinks(slow);
        clock = new GossipClock() {
            @Override
            public long nanos() {
                return slept.get();
            }

            @Override
            public void sleep(long nanos) {
                slept.addAndGet(nanos);
            }
        };
        Node victim = node(1);
        try (Libp2pHost talker = TestHosts.start(2)) {
            MessageStream out = raw(talker, victim);
            Identity author = TestHosts.identity(2);
            for (int i = 0; i < 25; i++) {
                out.write(rpc(Message.sign(author, FULL, i, new byte[1])), TestHosts.soon());
            }
            TestHosts.await("all read", () -> victim.gossip.stats().router().received() == 25);
            assertEquals(20, victim.gossip.stats().throttled());
            assertEquals(2_000_000_000L, slept.get(), 1000);
        }
    }

    @Test
    void slowNeighbourCostsABoundedQueueAndHoldsUpNobody() throws Exception {
        GossipsubConfig.LinkLimits links = GossipsubConfig.LinkLimits.DEFAULT;
        config = config.withLinks(new GossipsubConfig.LinkLimits(
                10,
                2_000_000,
                links.messagesPerSecond(),
                links.burstMessages(),
                links.bytesPerSecond(),
                links.burstBytes(),
                links.writeTimeout()));
        CountDownLatch release = new CountDownLatch(1);
        Node a = node(1);
        Node slow = new Node(2).subscribe((m, from) -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Verdict.IGNORE;
        });
        Node fast = node(3);
        a.connect(slow);
        a.connect(fast);
        for (int i = 0; i < 150; i++) {
            a.gossip.publish(TOPIC, new byte[200_000]);
            int sent = i + 1;
            TestHosts.await("fast neighbour", () -> fast.delivered.size() == sent);
        }
        assertTrue(a.gossip.stats().dropped() > 0);
        release.countDown();
        TestHosts.await("the newest arrives", () -> slow.gossip.stats().router().ignored() >= 1);
    }

    /** More messages than may wait are not lost: their sender is not read until there is room. */
    @Test
    void fullValidationQueueHoldsUpTheSender() throws Exception {
        RouterLimits d = RouterLimits.DEFAULT;
        config = config.withLimits(new RouterLimits(
                d.peers(),
                d.topics(),
                d.topicsPerPeer(),
                d.seen(),
                d.cachedMessages(),
                d.cachedBytes(),
                8,
                d.validatingBytes(),
                4,
                d.ihaveMessages(),
                d.ihaveIds(),
                d.iwantBytes(),
                d.retransmissions(),
                d.dontWantIds(),
                d.backoffs(),
                d.retained()));
        CountDownLatch release = new CountDownLatch(1);
        Node a = node(1);
        Node busy = new Node(2).subscribe((m, from) -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Verdict.ACCEPT;
        });
        a.connect(busy);
        for (int i = 0; i < 100; i++) {
            a.publish("m" + i);
        }
        TestHosts.await("some are read", () -> busy.gossip.stats().router().received() == 4);
        release.countDown();
        TestHosts.await("all delivered", () -> busy.delivered.size() == 100);
        assertEquals(0, busy.gossip.stats().router().throttled());
    }

    @Test
    void validatorThatFailsIsNobodysFault() throws Exception {
        Node a = node(1);
        Node b = new Node(2);
        b.gossip.subscribe(
                TOPIC,
                (m, from) -> {
                    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> {});
                    throw new IllegalStateException("on purpose");
                },
                m -> {});
        a.connect(b);
        a.publish("x");
        TestHosts.await("ignored", () -> b.gossip.stats().router().ignored() == 1);
        a.publish("y");
        TestHosts.await("still at work", () -> b.gossip.stats().router().ignored() == 2);
        assertEquals(0, b.gossip.stats().router().rejected());
    }

    @Test
    void topicsAreBounded() throws Exception {
        Node a = node(1);
        for (int i = 1; i < config.limits().topics(); i++) {
            a.gossip.subscribe("t" + i, (m, from) -> Verdict.IGNORE, m -> {});
        }
        assertThrows(
                IllegalStateException.class, () -> a.gossip.subscribe("more", (m, from) -> Verdict.IGNORE, m -> {}));
        a.gossip.unsubscribe("t1");
        a.gossip.subscribe("more", (m, from) -> Verdict.IGNORE, m -> {});
        assertThrows(IllegalArgumentException.class, () -> a.gossip.publish("", new byte[1]));
        assertThrows(IllegalArgumentException.class, () -> a.gossip.publish("x".repeat(129), new byte[1]));
    }
}
