package org.hearthnet.node.p2p.gossipsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hearthnet.node.p2p.JsPeer;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.TestHosts;
import org.hearthnet.node.p2p.host.Libp2pHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** This gossipsub against that of js-libp2p, each side dialling. */
@Timeout(180)
class JsGossipsubTest {
    private static final String TOPIC = "news";
    private static final int SMALL = 100;
    /** Beyond a yamux window, and beyond what IDONTWANT is sent for. */
    private static final int LARGE = 600_000;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Map<PeerId, String> expelled = new ConcurrentHashMap<>();
    private final List<Message> heard = new CopyOnWriteArrayList<>();
    private Libp2pHost host;
    private GossipsubService gossip;
    private Multiaddr mine;

    @BeforeAll
    static void requireJs() {
        if ("true".equals(System.getenv("CI"))) {
            assertEquals("", JsPeer.missing().orElse(""));
        }
        assumeTrue(JsPeer.missing().isEmpty(), JsPeer.missing().orElse(""));
    }

    @BeforeEach
    void start() throws IOException {
        System.out.println("JsGossipsubTest seed " + seed);
        host = TestHosts.start(seed);
        GossipsubConfig config = GossipsubConfig.of("");
        gossip = new GossipsubService(host, TestHosts.identity(seed), config, GossipClock.system(), 1, expelled::put);
        gossip.subscribe(TOPIC, (m, from) -> Verdict.ACCEPT, heard::add);
        mine = TestHosts.address(host);
    }

    @AfterEach
    void stop() {
        gossip.close();
        host.close();
    }

    @Test
    void weDialAndMessagesPassBothWays() throws Exception {
        try (JsPeer js = JsPeer.start("gossipsub")) {
            js.call("subscribe", TOPIC);
            host.dial(js.address(), TestHosts.soon());
            talk(js);
        }
    }

    @Test
    void theyDialAndMessagesPassBothWays() throws Exception {
        try (JsPeer js = JsPeer.start("gossipsub")) {
            js.call("subscribe", TOPIC);
            js.call("dial", mine);
            talk(js);
        }
    }

    /** The ids agree: js asks for what it is told of, and gets it. */
    @Test
    void latecomersAreToldAndAsk() throws Exception {
        try (JsPeer js = JsPeer.start("gossipsub")) {
            String said = publish(SMALL);
            js.call("dial", mine);
            js.call("subscribe", TOPIC);
            awaitHeard(js, said);
            assertEquals(1, gossip.stats().router().served());
        }
    }

    @Test
    void messagesPassThroughThem() throws Exception {
        try (JsPeer js = JsPeer.start("gossipsub");
                Libp2pHost other = TestHosts.start(seed + 1);
                GossipsubService third = new GossipsubService(
                        other,
                        TestHosts.identity(seed + 1),
                        GossipsubConfig.of(""),
                        GossipClock.system(),
                        1,
                        expelled::put)) {
            third.subscribe(TOPIC, (m, from) -> Verdict.ACCEPT, m -> {});
            js.call("subscribe", TOPIC);
            host.dial(js.address(), TestHosts.soon());
            other.dial(js.address(), TestHosts.soon());
            awaitMesh(js);
            TestHosts.await(
                    "third in the mesh", () -> mesh(js).contains(other.id().toString()));
            Message sent = third.publish(TOPIC, bytes(LARGE));
            TestHosts.await("forwarded by js", () -> heard.size() == 1);
            assertEquals(sent.id(), heard.getFirst().id());
            assertEquals(other.id(), heard.getFirst().from());
        }
    }

    @Test
    void whoSignsNothingIsNotHeard() throws Exception {
        try (JsPeer js = JsPeer.start("gossipsub", "nosign")) {
            js.call("subscribe", TOPIC);
            host.dial(js.address(), TestHosts.soon());
            TestHosts.await("subscribed", () -> gossip.neighbours() == 1);
            js.call("publish", TOPIC, SMALL);
            TestHosts.await("refused", () -> gossip.stats().router().unreadable() == 1);
            assertTrue(heard.isEmpty());
        }
    }

    private void talk(JsPeer js) throws Exception {
        awaitMesh(js);
        for (int size : new int[] {SMALL, LARGE}) {
            awaitHeard(js, publish(size));
            String said = js.call("publish", TOPIC, size);
            TestHosts.await(
                    "heard from js",
                    () -> heard.stream().anyMatch(m -> sha256(m.data()).equals(said)));
            assertEquals(js.id(), heard.getLast().from());
        }
        assertEquals(2, heard.size());
        assertTrue(expelled.isEmpty(), expelled.toString());
        assertTrue(gossip.score(js.id()) > 0);
    }

    private void awaitMesh(JsPeer js) throws Exception {
        TestHosts.await("our mesh", () -> gossip.mesh(TOPIC).equals(Set.of(js.id())));
        TestHosts.await("their mesh", () -> mesh(js).contains(host.id().toString()));
    }

    private static List<String> mesh(JsPeer js) {
        return List.of(call(js, "mesh", TOPIC).split(","));
    }

    private void awaitHeard(JsPeer js, String hash) throws Exception {
        String expected = hash + ":" + host.id();
        TestHosts.await(
                "heard by js", () -> Arrays.asList(call(js, "heard").split(",")).contains(expected));
    }

    private static String call(JsPeer js, Object... words) {
        try {
            return js.call(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String publish(int size) {
        byte[] data = bytes(size);
        gossip.publish(TOPIC, data);
        return sha256(data);
    }

    private byte[] bytes(int size) {
        byte[] data = new byte[size];
        random.nextBytes(data);
        return data;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
