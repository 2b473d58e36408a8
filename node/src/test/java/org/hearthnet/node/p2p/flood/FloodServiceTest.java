package org.hearthnet.node.p2p.flood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
class FloodServiceTest {
    private static final String NET = "/test/flood/1";
    private static final String TOPIC = "blocks";

    private final List<Node> nodes = new ArrayList<>();
    private final Map<PeerId, String> expelled = new ConcurrentHashMap<>();
    private FloodConfig config = FloodConfig.of(NET);
    private FloodClock clock = FloodClock.system();

    private final class Node {
        final Identity identity;
        final Libp2pHost host;
        final FloodService flood;
        final List<String> delivered = new CopyOnWriteArrayList<>();

        Node(int seed) throws IOException {
            identity = TestHosts.identity(seed);
            host = TestHosts.start(seed);
            flood = new FloodService(host, identity, config, clock, 1, expelled::put);
            nodes.add(this);
        }

        Node subscribe(Validator validator) {
            flood.subscribe(TOPIC, validator, m -> delivered.add(new String(m.payload(), StandardCharsets.UTF_8)));
            return this;
        }

        void connect(Node other) throws Exception {
            host.dial(TestHosts.address(other.host), TestHosts.soon());
            TestHosts.await("neighbours", () -> flood.neighbours() > 0 && other.flood.neighbours() > 0);
        }

        void publish(String text) {
            flood.publish(TOPIC, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private Node node(int seed) throws IOException {
        return new Node(seed).subscribe((message, from) -> Validator.Verdict.ACCEPT);
    }

    @AfterEach
    void close() {
        for (Node node : nodes) {
            node.flood.close();
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
        for (int i = 0; i < 6; i++) {
            ring.add(node(i + 1));
        }
        for (int i = 0; i < 6; i++) {
            for (int j = i + 1; j < 6; j++) {
                ring.get(i).connect(ring.get(j));
            }
        }
        TestHosts.await("all neighbours", () -> ring.stream().allMatch(n -> n.flood.neighbours() == 5));
        for (int round = 0; round < 20; round++) {
            ring.get(round % 6).publish("m" + round);
        }
        TestHosts.await(
                "all delivered",
                () -> ring.stream().mapToInt(n -> n.delivered.size()).sum() == 20 * 5);
        TestHosts.await("duplicates seen", () -> ring.getFirst().flood.stats().duplicates() > 0);
        assertEquals(100, ring.stream().mapToInt(n -> n.delivered.size()).sum());
        assertTrue(expelled.isEmpty());
    }

    @Test
    void laterPeersGetNewMessagesOnly() throws Exception {
        Node a = node(1);
        a.publish("before");
        Node b = node(2);
        a.connect(b);
        a.publish("after");
        awaitDelivered(b, "after");
    }

    @Test
    void connectionsThatComeBackCarryMessagesAgain() throws Exception {
        Node a = node(1);
        Node b = node(2);
        for (int round = 0; round < 5; round++) {
            a.connect(b);
            a.publish("m" + round);
            String text = "m" + round;
            TestHosts.await(text, () -> b.delivered.contains(text));
            a.host.disconnect(b.host.id());
            TestHosts.await("apart", () -> a.flood.neighbours() == 0 && b.flood.neighbours() == 0);
        }
    }

    @Test
    void rejectedMessagesGoNoFurtherAndManyOfThemEndTheConnection() throws Exception {
        config = config.withMaxRejected(3);
        Node a = node(1);
        Node b = new Node(2).subscribe((m, from) -> Validator.Verdict.REJECT);
        Node c = node(3);
        a.connect(b);
        b.connect(c);
        for (int i = 0; i < 4; i++) {
            a.publish("bad" + i);
        }
        TestHosts.await("expelled", () -> expelled.containsKey(a.host.id()));
        TestHosts.await("gone", () -> a.host.connections().isEmpty());
        assertEquals(4, b.flood.stats().rejected());
        assertTrue(c.delivered.isEmpty() && b.delivered.isEmpty());
    }

    @Test
    void ignoredMessagesAndUnknownTopicsGoNoFurther() throws Exception {
        Node a = node(1);
        Node b = new Node(2).subscribe((m, from) -> Validator.Verdict.IGNORE);
        Node c = node(3);
        a.connect(b);
        b.connect(c);
        a.publish("quiet");
        a.flood.publish("unknown", new byte[] {1});
        TestHosts.await("ignored", () -> b.flood.stats().ignored() == 2);
        b.publish("loud");
        awaitDelivered(c, "loud");
        assertTrue(expelled.isEmpty());
    }

    /** Speaks the protocol without the service. */
    private MessageStream raw(Libp2pHost host, Node victim) throws P2pException {
        host.dial(TestHosts.address(victim.host), TestHosts.soon());
        return new MessageStream(host.openStream(victim.host.id(), NET, TestHosts.soon()));
    }

    @Test
    void forgedReplayedAndMalformedMessages() throws Exception {
        Node victim = node(1);
        Identity author = TestHosts.identity(50);
        byte[] good = FloodMessage.sign(author, NET, TOPIC, 1, "good".getBytes(StandardCharsets.UTF_8))
                .encode();
        byte[] forged = good.clone();
        forged[forged.length - 1] ^= 1;
        byte[] otherNet =
                FloodMessage.sign(author, "/other/1", TOPIC, 1, new byte[3]).encode();
        int seed = 100;
        for (byte[] bad : new byte[][] {forged, otherNet, {}, {1, 2, 3}, new byte[5000]}) {
            try (Libp2pHost attacker = TestHosts.start(++seed)) {
                raw(attacker, victim).write(bad, TestHosts.soon());
                TestHosts.await("expelled", () -> expelled.containsKey(attacker.id()));
            }
        }
        try (Libp2pHost honest = TestHosts.start(++seed)) {
            MessageStream out = raw(honest, victim);
            // The forged copy came first and must not have kept the true message out; a replay counts once.
            for (int i = 0; i < 3; i++) {
                out.write(good, TestHosts.soon());
            }
            TestHosts.await("replays seen", () -> victim.flood.stats().duplicates() == 2);
            awaitDelivered(victim, "good");
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
                () -> victim.flood.publish(TOPIC, new byte[victim.flood.maxPayload() + 1]));
    }

    @Test
    void largestMessagesPass() throws Exception {
        Node a = node(1);
        Node b = node(2);
        a.connect(b);
        byte[] payload = new byte[a.flood.maxPayload()];
        new Random(1).nextBytes(payload);
        a.flood.publish(TOPIC, payload);
        TestHosts.await("delivered", () -> b.delivered.size() == 1);
        assertEquals(new String(payload, StandardCharsets.UTF_8), b.delivered.getFirst());
    }

    @Test
    void neighbourBeyondItsRateIsReadMoreSlowly() throws Exception {
        AtomicLong slept = new AtomicLong();
        config = config.withRates(10, 5, 1_000_000, 2_000_000);
        clock = new FloodClock() {
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
                out.write(FloodMessage.sign(author, NET, TOPIC, i, new byte[1]).encode(), TestHosts.soon());
            }
            TestHosts.await("all read", () -> victim.flood.stats().received() == 25);
            assertEquals(20, victim.flood.stats().throttled());
            assertEquals(2_000_000_000L, slept.get(), 1000);
        }
    }

    @Test
    void slowNeighbourCostsABoundedQueueAndHoldsUpNobody() throws Exception {
        config = config.withQueue(10, 2_000_000);
        CountDownLatch release = new CountDownLatch(1);
        Node a = node(1);
        Node slow = new Node(2).subscribe((m, from) -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Validator.Verdict.IGNORE;
        });
        Node fast = node(3);
        a.connect(slow);
        a.connect(fast);
        TestHosts.await("both", () -> a.flood.neighbours() == 2);
        for (int i = 0; i < 40; i++) {
            a.flood.publish(TOPIC, new byte[200_000]);
            int sent = i + 1;
            TestHosts.await("fast neighbour", () -> fast.delivered.size() == sent);
        }
        assertTrue(a.flood.stats().dropped() > 0);
        release.countDown();
        TestHosts.await(
                "the newest arrives",
                () -> slow.flood.stats().ignored() == 40 - a.flood.stats().dropped());
    }

    @Test
    void topicsAreBounded() throws Exception {
        Node a = node(1);
        for (int i = 1; i < config.maxTopics(); i++) {
            a.flood.subscribe("t" + i, (m, from) -> Validator.Verdict.IGNORE, m -> {});
        }
        assertThrows(
                IllegalStateException.class,
                () -> a.flood.subscribe("more", (m, from) -> Validator.Verdict.IGNORE, m -> {}));
        a.flood.unsubscribe("t1");
        a.flood.subscribe("more", (m, from) -> Validator.Verdict.IGNORE, m -> {});
        assertThrows(IllegalArgumentException.class, () -> a.flood.publish("", new byte[1]));
        assertThrows(IllegalArgumentException.class, () -> a.flood.publish("x".repeat(129), new byte[1]));
    }
}
