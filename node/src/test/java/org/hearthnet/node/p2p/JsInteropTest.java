package org.hearthnet.node.p2p;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hearthnet.node.p2p.host.HostConfig;
import org.hearthnet.node.p2p.host.Libp2pHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** This stack against js-libp2p, each side dialling, with payloads far beyond the window of 256 KiB. */
@Timeout(180)
class JsInteropTest {
    private static final String ECHO = "/interop/echo/1.0.0";
    private static final String SOURCE = "/interop/source/1.0.0";
    private static final String SINK = "/interop/sink/1.0.0";
    private static final int LARGE = 20_000_000;
    private static final int MIDDLE = 4_000_000;

    private final long seed = System.nanoTime();
    private JsPeer js;
    private Libp2pHost host;
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
        System.out.println("JsInteropTest seed " + seed);
        js = JsPeer.start();
        host = Libp2pHost.start(HostConfig.of(TestHosts.identity(seed), List.of(TestHosts.LOOPBACK)));
        host.handle(ECHO, new ProtocolLimits(200, 200), TestHosts::echo);
        host.handle(SOURCE, this::source);
        host.handle(SINK, JsInteropTest::slowSink);
        mine = host.listenAddresses().getFirst().withPeer(host.id());
    }

    @AfterEach
    void stop() {
        host.close();
        js.close();
    }

    @Test
    void weDialAndBothIdentifyAndPing() throws Exception {
        Connection connection = host.dial(js.address(), TestHosts.soon());
        assertEquals(js.id(), connection.remotePeer());
        assertTrue(host.ping(js.id(), TestHosts.soon()).toNanos() > 0);
        PeerInfo info = TestHosts.awaitPresent(connection::peerInfo);
        assertTrue(info.agentVersion().contains("js-libp2p"), info.agentVersion());
        assertTrue(info.protocols().contains(ECHO));
        assertTrue(info.listenAddresses().contains(js.address().withoutPeer()));
        assertTrue(Double.parseDouble(js.call("ping", mine)) >= 0);
        assertEquals("1", js.call("connections"));
    }

    @Test
    void theyDialAndBothIdentifyAndPing() throws Exception {
        assertEquals(host.id().toString(), js.call("dial", mine));
        assertTrue(Double.parseDouble(js.call("ping", mine)) >= 0);
        String info = js.call("identify", mine);
        assertTrue(info.contains("libp2p-java/") && info.contains(ECHO), info);
        assertTrue(info.contains(mine.withoutPeer().toString()), info);
        assertFalse(host.connection(js.id()).orElseThrow().outbound());
        assertTrue(host.ping(js.id(), TestHosts.soon()).toNanos() > 0);
    }

    @Test
    void largeEchoesBothWays() throws Exception {
        host.dial(js.address(), TestHosts.soon());
        echo(LARGE);
        assertEquals("1", js.call("echo", mine, LARGE, 1));
    }

    @Test
    void manyParallelStreamsBothWays() throws Exception {
        Connection connection = host.dial(js.address(), TestHosts.soon());
        // js-libp2p resets all but ten of the streams that come before it has set itself up.
        TestHosts.awaitPresent(connection::peerInfo);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> echoes = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                echoes.add(threads.submit(() -> {
                    echo(100_000);
                    return null;
                }));
            }
            for (Future<?> echo : echoes) {
                echo.get();
            }
        }
        assertEquals("100", js.call("echo", mine, 100_000, 100));
    }

    @Test
    void slowJsReaderHoldsUsBack() throws Exception {
        host.dial(js.address(), TestHosts.soon());
        byte[] data = random(MIDDLE);
        try (Stream stream = host.openStream(js.id(), SINK, TestHosts.soon())) {
            stream.write(data, TestHosts.soon());
            stream.closeWrite();
            assertEquals(sha256(data) + " " + data.length, new String(readAll(stream), StandardCharsets.UTF_8));
        }
        js.call("dial", mine);
        assertEquals(sha256(random(MIDDLE)) + " " + MIDDLE, js.call("slowread", mine, MIDDLE));
    }

    @Test
    void slowReaderHereHoldsJsBack() throws Exception {
        host.dial(js.address(), TestHosts.soon());
        try (Stream stream = host.openStream(js.id(), SOURCE, TestHosts.soon())) {
            stream.write(Integer.toString(MIDDLE).getBytes(StandardCharsets.UTF_8), TestHosts.soon());
            stream.closeWrite();
            Thread.sleep(300);
            byte[] got = readAll(stream);
            assertEquals(MIDDLE, got.length);
            assertEquals(js.call("lasthash"), sha256(got));
        }
        assertEquals(Integer.toString(MIDDLE), js.call("sink", mine, MIDDLE));
    }

    @Test
    void unknownProtocolIsRefusedPolitely() throws Exception {
        host.dial(js.address(), TestHosts.soon());
        P2pException refused = org.junit.jupiter.api.Assertions.assertThrows(
                P2pException.class,
                () -> host.openStream(js.id(), List.of("/nobody/1", "/nobody/2"), TestHosts.soon()));
        assertEquals(P2pException.Reason.UNSUPPORTED, refused.reason());
        String chosen;
        try (Stream stream = host.openStream(js.id(), List.of("/nobody/1", ECHO), TestHosts.soon())) {
            chosen = stream.protocol();
        }
        assertEquals(ECHO, chosen);
    }

    private void echo(int size) throws Exception {
        byte[] data = random(size);
        try (Stream stream = host.openStream(js.id(), ECHO, TestHosts.soon());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writing = threads.submit(() -> {
                stream.write(data, TestHosts.soon());
                stream.closeWrite();
                return null;
            });
            byte[] back = readAll(stream);
            writing.get();
            assertEquals(sha256(data), sha256(back));
        }
    }

    private void source(Stream stream) throws P2pException {
        byte[] count = new byte[10];
        stream.readFully(count, 0, count.length, TestHosts.soon());
        stream.write(random(Integer.parseInt(new String(count, StandardCharsets.UTF_8))), TestHosts.soon());
    }

    private static void slowSink(Stream stream) throws IOException {
        try {
            Thread.sleep(Duration.ofMillis(300));
            byte[] all = readAll(stream);
            byte[] answer = (sha256(all) + " " + all.length).getBytes(StandardCharsets.UTF_8);
            stream.write(answer, TestHosts.soon());
        } catch (InterruptedException e) {
            throw P2pException.interrupted("slow sink");
        }
    }

    private static byte[] readAll(Stream stream) throws P2pException {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        byte[] chunk = new byte[30_000];
        for (int n = 0; n >= 0; n = stream.read(chunk, 0, chunk.length, TestHosts.soon())) {
            all.write(chunk, 0, n);
        }
        return all.toByteArray();
    }

    private byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
