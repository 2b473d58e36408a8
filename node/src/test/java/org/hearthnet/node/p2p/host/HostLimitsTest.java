package org.hearthnet.node.p2p.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.hearthnet.node.p2p.Multiaddr;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.P2pException.Reason;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.TestHosts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Strangers at the door: what they send and how many they are. */
@Timeout(120)
class HostLimitsTest {
    private static final HostTimes HASTY = new HostTimes(
            Duration.ofSeconds(15),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMinutes(5),
            Duration.ofMillis(50));

    private final List<AutoCloseable> open = new ArrayList<>();

    private Libp2pHost host(long seed, UnaryOperator<HostConfig> change) throws IOException {
        Libp2pHost host = TestHosts.start(seed, change);
        open.add(host);
        return host;
    }

    private Socket stranger(Libp2pHost host) throws IOException {
        Multiaddr address = host.listenAddresses().getFirst();
        int port = address.tcpTarget().orElseThrow().getPort();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        open.add(socket);
        return socket;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private static boolean hungUp(Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                // What it says before it hangs up does not matter.
            }
            return true;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void silentStrangersAreHungUpOn() throws Exception {
        Libp2pHost host = host(1, c -> c.withTimes(HASTY));
        assertTrue(hungUp(stranger(host)));
        assertEquals(0, host.connections().size());
    }

    @Test
    void silentServersAreGivenUp() throws Exception {
        Libp2pHost host = host(1, c -> c.withTimes(HASTY));
        try (java.net.ServerSocket silent = new java.net.ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Multiaddr address = TestHosts.parse("/ip4/127.0.0.1/tcp/" + silent.getLocalPort());
            P2pException late = assertThrows(P2pException.class, () -> host.dial(address, TestHosts.soon()));
            assertEquals(Reason.DEADLINE, late.reason());
        }
    }

    @Test
    void randomBytesAreHungUpOn() throws Exception {
        Libp2pHost host = host(1, c -> c.withTimes(HASTY));
        long seed = System.nanoTime();
        System.out.println("HostLimitsTest seed " + seed);
        Random random = new Random(seed);
        byte[] hello =
                "\u0013/multistream/1.0.0\n\u0007/noise\n".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        for (int round = 0; round < 20; round++) {
            Socket socket = stranger(host);
            byte[] bytes = new byte[random.nextInt(1000)];
            random.nextBytes(bytes);
            if (round % 2 == 0) {
                socket.getOutputStream().write(hello);
            }
            socket.getOutputStream().write(bytes);
            assertTrue(hungUp(socket));
        }
        assertEquals(0, host.connections().size());
        Libp2pHost friend = host(2, c -> c);
        assertEquals(
                host.id(),
                friend.dial(TestHosts.address(host), TestHosts.soon()).remotePeer());
    }

    @Test
    void handshakesUnderWayAreLimited() throws Exception {
        Libp2pHost host = host(1, c -> c.withLimits(new HostLimits(10, 10, 2, 10, 3, 5, 1 << 20)));
        for (int i = 0; i < 3; i++) {
            stranger(host);
        }
        Socket fourth = stranger(host);
        assertTrue(hungUp(fourth));
    }

    @Test
    void connectionsFromOneAddressAreLimited() throws Exception {
        Libp2pHost host = host(1, c -> c.withLimits(new HostLimits(10, 10, 2, 2, 5, 5, 1 << 20)));
        Libp2pHost second = host(2, c -> c);
        Libp2pHost third = host(3, c -> c);
        Libp2pHost fourth = host(4, c -> c);
        second.dial(TestHosts.address(host), TestHosts.soon());
        third.dial(TestHosts.address(host), TestHosts.soon());
        TestHosts.await("two", () -> host.connections().size() == 2);
        assertThrows(P2pException.class, () -> fourth.dial(TestHosts.address(host), TestHosts.soon()));
        second.close();
        TestHosts.await("a place", () -> host.connections().size() == 1);
        fourth.dial(TestHosts.address(host), TestHosts.soon());
    }

    @Test
    void placesAreKeptForDialsOfOurOwn() throws Exception {
        Libp2pHost host = host(1, c -> c.withLimits(new HostLimits(2, 1, 2, 9, 9, 9, 1 << 20)));
        Libp2pHost second = host(2, c -> c);
        Libp2pHost third = host(3, c -> c);
        Libp2pHost fourth = host(4, c -> c);
        second.dial(TestHosts.address(host), TestHosts.soon());
        TestHosts.await("one", () -> host.connections().size() == 1);
        assertThrows(P2pException.class, () -> third.dial(TestHosts.address(host), TestHosts.soon()));
        host.dial(TestHosts.address(third), TestHosts.soon());
        P2pException full =
                assertThrows(P2pException.class, () -> host.dial(TestHosts.address(fourth), TestHosts.soon()));
        assertEquals(Reason.LIMIT, full.reason());
    }

    @Test
    void tableKeepsItsCounts() throws Exception {
        PeerId self = TestHosts.identity(1).peerId();
        ConnectionTable table = new ConnectionTable(self, new HostLimits(3, 2, 1, 2, 2, 1, 1 << 20));
        InetAddress somewhere = InetAddress.getLoopbackAddress();
        for (int round = 0; round < 5; round++) {
            assertTrue(table.reserveInbound(somewhere));
            assertTrue(table.reserveInbound(somewhere));
            assertFalse(table.reserveInbound(somewhere));
            table.handshakeOver(somewhere, false);
            PeerConnection inbound = connection(2, false);
            table.add(inbound);
            table.handshakeOver(somewhere, true);
            assertEquals(0, table.handshakes());
            P2pException second = assertThrows(P2pException.class, () -> table.add(connection(2, true)));
            assertEquals(Reason.LIMIT, second.reason());
            assertTrue(table.remove(inbound));
            assertFalse(table.remove(inbound));
        }
        for (int i = 3; i < 6; i++) {
            table.add(connection(i, true));
        }
        assertThrows(P2pException.class, () -> table.add(connection(6, true)));
        assertFalse(table.reserveInbound(somewhere));
        assertEquals(3, table.close().size());
        assertThrows(P2pException.class, () -> table.add(connection(7, true)));
    }

    private static PeerConnection connection(int seed, boolean outbound) {
        return new PeerConnection(
                TestHosts.identity(seed).peerId(), TestHosts.LOOPBACK, InetAddress.getLoopbackAddress(), outbound);
    }
}
