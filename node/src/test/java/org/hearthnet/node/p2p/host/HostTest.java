package org.hearthnet.node.p2p.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.hearthnet.node.p2p.Connection;
import org.hearthnet.node.p2p.ConnectionListener;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.MessageStream;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.P2pException.Reason;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.PeerInfo;
import org.hearthnet.node.p2p.ProtocolLimits;
import org.hearthnet.node.p2p.RequestResponse;
import org.hearthnet.node.p2p.Stream;
import org.hearthnet.node.p2p.TestHosts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class HostTest {
    private static final String ECHO = "/echo/1";

    private final List<Libp2pHost> hosts = new ArrayList<>();
    private Libp2pHost alice;
    private Libp2pHost bob;

    @BeforeEach
    void start() throws IOException {
        alice = host(1, c -> c);
        bob = host(2, c -> c);
        bob.handle(ECHO, TestHosts::echo);
    }

    private Libp2pHost host(long seed, UnaryOperator<HostConfig> change) throws IOException {
        Libp2pHost host = TestHosts.start(seed, change);
        hosts.add(host);
        return host;
    }

    @AfterEach
    void stop() {
        hosts.forEach(Libp2pHost::close);
    }

    private static Reason reason(org.junit.jupiter.api.function.Executable action) {
        return assertThrows(P2pException.class, action).reason();
    }

    @Test
    void identifyAndPing() throws Exception {
        Connection connection = alice.dial(TestHosts.address(bob), TestHosts.soon());
        PeerInfo info = TestHosts.awaitPresent(connection::peerInfo);
        assertEquals("libp2p-java/0.1.0", info.agentVersion());
        assertEquals(bob.listenAddresses(), info.listenAddresses());
        assertTrue(info.protocols().containsAll(List.of(ECHO, "/ipfs/ping/1.0.0", "/ipfs/id/1.0.0")));
        assertTrue(alice.ping(bob.id(), TestHosts.soon()).toNanos() > 0);
        assertTrue(bob.ping(alice.id(), TestHosts.soon()).toNanos() > 0);
        TestHosts.await(
                "addresses learnt",
                () -> bob.addressBook().addresses(alice.id()).equals(alice.listenAddresses()));
    }

    @Test
    void connectionsAreUsedAgainAndConcurrentDialsShareOne() throws Exception {
        Set<Connection> connections = ConcurrentHashMap.newKeySet();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                threads.submit(() -> connections.add(alice.dial(TestHosts.address(bob), TestHosts.soon())));
            }
        }
        assertEquals(1, connections.size());
        assertSame(connections.iterator().next(), alice.dial(bob.id(), TestHosts.soon()));
        TestHosts.await("bob's side", () -> bob.connections().size() == 1);
        assertSame(bob.connection(alice.id()).orElseThrow(), bob.dial(alice.id(), TestHosts.soon()));
    }

    @Test
    void simultaneousDialsEndWithOneConnectionThatBothPrefer() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Connection> there = threads.submit(() -> alice.dial(TestHosts.address(bob), TestHosts.soon()));
            Future<Connection> back = threads.submit(() -> bob.dial(TestHosts.address(alice), TestHosts.soon()));
            there.get();
            back.get();
        }
        TestHosts.await(
                "same number",
                () -> alice.connections().size() == bob.connections().size());
        Connection mine = alice.connection(bob.id()).orElseThrow();
        Connection theirs = bob.connection(alice.id()).orElseThrow();
        assertEquals(mine.outbound(), !theirs.outbound());
        assertTrue(alice.connections().size() <= 2);
    }

    @Test
    void anotherPeerThanTheOneNamedIsRefused() throws Exception {
        PeerId carol = TestHosts.identity(3).peerId();
        Multiaddr wrong = bob.listenAddresses().getFirst().withPeer(carol);
        assertEquals(Reason.REFUSED, reason(() -> alice.dial(wrong, TestHosts.soon())));
        assertEquals(0, alice.connections().size());
        assertEquals(Reason.REFUSED, reason(() -> alice.dial(TestHosts.address(alice), TestHosts.soon())));
        assertEquals(
                Reason.REFUSED, reason(() -> alice.dial(alice.listenAddresses().getFirst(), TestHosts.soon())));
    }

    @Test
    void bannedPeersAreRefusedBothWays() throws Exception {
        PeerId banned = alice.id();
        Libp2pHost strict = host(3, c -> c.withGate(peer -> !peer.equals(banned)));
        assertEquals(Reason.REFUSED, reason(() -> strict.dial(TestHosts.address(alice), TestHosts.soon())));
        assertEquals(
                Reason.REFUSED, reason(() -> strict.dial(alice.listenAddresses().getFirst(), TestHosts.soon())));
        try {
            alice.dial(TestHosts.address(strict), TestHosts.soon()).openStream(List.of(ECHO), TestHosts.soon());
            throw new AssertionError("a banned peer got a stream");
        } catch (P2pException e) {
            assertEquals(0, strict.connections().size());
        }
    }

    @Test
    void unreachableAndUnknownPeers() throws Exception {
        Multiaddr nowhere = alice.listenAddresses().getFirst();
        alice.close();
        assertEquals(Reason.UNREACHABLE, reason(() -> bob.dial(nowhere, TestHosts.soon())));
        assertEquals(
                Reason.UNREACHABLE, reason(() -> bob.dial(TestHosts.identity(77).peerId(), TestHosts.soon())));
        assertEquals(Reason.CLOSED, reason(() -> alice.dial(TestHosts.address(bob), TestHosts.soon())));
    }

    @Test
    void aGoodAddressWinsOverBadOnes() throws Exception {
        Multiaddr dead = TestHosts.parse("/ip4/127.0.0.1/tcp/1");
        Multiaddr other = host(3, c -> c).listenAddresses().getFirst();
        alice.addressBook().add(bob.id(), List.of(bob.listenAddresses().getFirst(), other, dead));
        assertEquals(bob.id(), alice.dial(bob.id(), TestHosts.soon()).remotePeer());
    }

    @Test
    void protocolsAreNegotiatedInOrder() throws Exception {
        alice.dial(TestHosts.address(bob), TestHosts.soon());
        try (Stream stream = alice.openStream(bob.id(), List.of("/none", ECHO), TestHosts.soon())) {
            assertEquals(ECHO, stream.protocol());
            assertEquals(bob.id(), stream.remotePeer());
        }
        assertEquals(Reason.UNSUPPORTED, reason(() -> alice.openStream(bob.id(), "/none", TestHosts.soon())));
        bob.unhandle(ECHO);
        assertEquals(Reason.UNSUPPORTED, reason(() -> alice.openStream(bob.id(), ECHO, TestHosts.soon())));
    }

    @Test
    void streamsOfOneProtocolAreLimited() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        bob.handle("/slow", new ProtocolLimits(2, 10), stream -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw P2pException.interrupted("slow");
            }
        });
        alice.dial(TestHosts.address(bob), TestHosts.soon());
        Stream first = alice.openStream(bob.id(), "/slow", TestHosts.soon());
        Stream second = alice.openStream(bob.id(), "/slow", TestHosts.soon());
        assertEquals(Reason.RESET, reason(() -> openAndRead("/slow")));
        release.countDown();
        assertEquals(-1, first.read(new byte[1], 0, 1, TestHosts.soon()));
        assertEquals(-1, second.read(new byte[1], 0, 1, TestHosts.soon()));
    }

    @Test
    void failingHandlersResetTheirStream() throws Exception {
        bob.handle("/fail", stream -> {
            throw new IOException("on purpose");
        });
        alice.dial(TestHosts.address(bob), TestHosts.soon());
        assertEquals(Reason.RESET, reason(() -> openAndRead("/fail")));
    }

    /** A reset may overtake the answer to the negotiation. */
    private void openAndRead(String protocol) throws P2pException {
        alice.openStream(bob.id(), protocol, TestHosts.soon()).read(new byte[1], 0, 1, TestHosts.soon());
    }

    @Test
    void requestsAndResponses() throws Exception {
        RequestResponse.serve(bob, "/double", ProtocolLimits.DEFAULT, 100, Duration.ofSeconds(30), (peer, request) -> {
            byte[] twice = java.util.Arrays.copyOf(request, 2 * request.length);
            System.arraycopy(request, 0, twice, request.length, request.length);
            return twice;
        });
        alice.dial(TestHosts.address(bob), TestHosts.soon());
        byte[] answer = RequestResponse.call(alice, bob.id(), "/double", new byte[] {1, 2}, 100, TestHosts.soon());
        assertArrayEquals(new byte[] {1, 2, 1, 2}, answer);
        assertEquals(0, RequestResponse.call(alice, bob.id(), "/double", new byte[0], 0, TestHosts.soon()).length);
        assertEquals(
                Reason.PROTOCOL,
                reason(() -> RequestResponse.call(alice, bob.id(), "/double", new byte[50], 99, TestHosts.soon())));
        assertEquals(
                Reason.RESET,
                reason(() -> RequestResponse.call(alice, bob.id(), "/double", new byte[101], 300, TestHosts.soon())));
    }

    @Test
    void callersGiveUpAtTheirDeadline() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        RequestResponse.serve(bob, "/never", ProtocolLimits.DEFAULT, 9, Duration.ofMinutes(1), (peer, request) -> {
            try {
                release.await();
                return request;
            } catch (InterruptedException e) {
                throw P2pException.interrupted("never");
            }
        });
        alice.dial(TestHosts.address(bob), TestHosts.soon());
        assertEquals(
                Reason.DEADLINE,
                reason(() -> RequestResponse.call(alice, bob.id(), "/never", new byte[1], 9, Deadline.inMillis(50))));
        assertTrue(alice.ping(bob.id(), TestHosts.soon()).toNanos() > 0);
        release.countDown();
    }

    @Test
    void messagesWithTheirLength() throws Exception {
        alice.dial(TestHosts.address(bob), TestHosts.soon());
        try (Stream stream = alice.openStream(bob.id(), ECHO, TestHosts.soon())) {
            MessageStream messages = new MessageStream(stream);
            byte[] large = new byte[200_000];
            large[199_999] = 5;
            for (byte[] message : new byte[][] {{}, {1}, large}) {
                messages.write(message, TestHosts.soon());
                assertArrayEquals(message, messages.read(200_000, TestHosts.soon()));
            }
            messages.write(new byte[11], TestHosts.soon());
            assertEquals(Reason.PROTOCOL, reason(() -> messages.read(10, TestHosts.soon())));
        }
    }

    @Test
    void listenersHearOfBeginningAndEnd() throws Exception {
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        ConnectionListener listener = new ConnectionListener() {
            @Override
            public void connected(Connection connection) {
                events.add("+" + connection.remotePeer());
            }

            @Override
            public void disconnected(Connection connection) {
                events.add("-" + connection.remotePeer());
            }
        };
        bob.addListener(listener);
        Connection first = alice.dial(TestHosts.address(bob), TestHosts.soon());
        assertEquals("+" + alice.id(), events.take());
        first.close();
        assertEquals("-" + alice.id(), events.take());
        Connection second = alice.dial(bob.id(), TestHosts.soon());
        assertNotSame(first, second);
        assertEquals("+" + alice.id(), events.take());
        bob.disconnect(alice.id());
        assertEquals("-" + alice.id(), events.take());
        bob.removeListener(listener);
    }

    @Test
    void idleConnectionsAreClosed() throws Exception {
        HostTimes times = new HostTimes(
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofMillis(200),
                Duration.ofMillis(50));
        Libp2pHost impatient = host(3, c -> c.withTimes(times));
        impatient.dial(TestHosts.address(bob), TestHosts.soon());
        TestHosts.await(
                "closed on both sides",
                () -> impatient.connections().isEmpty() && bob.connections().isEmpty());
    }
}
