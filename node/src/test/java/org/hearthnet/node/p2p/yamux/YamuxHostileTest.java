package org.hearthnet.node.p2p.yamux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.TestHosts;
import org.hearthnet.node.p2p.Timer;
import org.hearthnet.node.p2p.noise.PipeChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session against a peer that keeps no rules. */
@Timeout(60)
class YamuxHostileTest {
    private static final int WINDOW = YamuxConfig.INITIAL_WINDOW;

    private final Timer timer = new Timer("test-timer");
    private final BufferBudget buffers = new BufferBudget(64 << 20, null);
    private final List<YamuxStream> accepted = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private PipeChannel[] pipe;
    private RawPeer peer;
    private YamuxSession session;

    @BeforeEach
    void open() throws IOException {
        pipe = PipeChannel.pair();
        peer = new RawPeer(pipe[1]);
        start(YamuxConfig.DEFAULT.withMaxInboundStreams(4));
    }

    private void start(YamuxConfig config) {
        session = new YamuxSession(
                new PlainChannel(pipe[0]), false, config, accepted::add, s -> ended.countDown(), buffers, timer);
        session.start("test");
    }

    @AfterEach
    void close() throws IOException {
        session.close();
        pipe[1].close();
        timer.close();
    }

    private YamuxStream opened() throws Exception {
        peer.frame(Frame.WINDOW_UPDATE, Frame.SYN, 1, 0);
        TestHosts.await("stream", () -> !accepted.isEmpty());
        return accepted.getFirst();
    }

    private void assertThrownOut() throws Exception {
        Frame goodbye = peer.next(Frame.GO_AWAY);
        assertNotNull(goodbye);
        assertEquals(Frame.PROTOCOL_ERROR, goodbye.length());
        ended.await();
        assertFalse(session.isOpen());
        assertNull(peer.next());
        assertEquals(0, session.streams());
    }

    @Test
    void oneByteBeyondTheWindow() throws Exception {
        opened();
        peer.data(0, 1, WINDOW);
        peer.frame(Frame.DATA, 0, 1, 1);
        assertThrownOut();
    }

    @Test
    void frameLargerThanTheWindowIsRefusedBeforeItsPayload() throws Exception {
        YamuxStream stream = opened();
        peer.frame(Frame.DATA, 0, 1, 0xffffffffL);
        assertThrownOut();
        assertEquals(0, stream.receiving().held());
    }

    @Test
    void unreadDataCostsOneWindowAndNoMore() throws Exception {
        YamuxStream stream = opened();
        peer.data(0, 1, WINDOW);
        TestHosts.await("data", () -> stream.receiving().allowance() == 0);
        assertTrue(stream.receiving().held() <= WINDOW);
        byte[] some = new byte[WINDOW / 2 - 1];
        for (int n = 0; n < some.length; ) {
            n += stream.read(some, n, some.length - n, TestHosts.soon());
        }
        assertEquals(0, stream.receiving().allowance());
        stream.read(some, 0, 1, TestHosts.soon());
        assertTrue(stream.receiving().allowance() >= WINDOW / 2);
    }

    @Test
    void unreadDataOfAllStreamsTogetherIsBounded() throws Exception {
        session.close();
        pipe = PipeChannel.pair();
        peer = new RawPeer(pipe[1]);
        start(YamuxConfig.DEFAULT.withMaxSessionReceived(2 * WINDOW));
        for (int id = 1; id <= 3; id += 2) {
            peer.frame(Frame.WINDOW_UPDATE, Frame.SYN, id, 0);
            peer.data(0, id, WINDOW);
        }
        TestHosts.await("two windows", () -> buffers.used() == 2 * WINDOW);
        peer.data(Frame.SYN, 5, 1);
        assertThrownOut();
        accepted.forEach(YamuxStream::close);
        assertEquals(0, buffers.used());
    }

    @Test
    void dataAfterFin() throws Exception {
        opened();
        peer.frame(Frame.WINDOW_UPDATE, Frame.FIN, 1, 0);
        peer.data(0, 1, 1);
        assertThrownOut();
    }

    @Test
    void windowBeyondThirtyTwoBits() throws Exception {
        opened();
        peer.frame(Frame.WINDOW_UPDATE, 0, 1, 0xffffffffL);
        assertThrownOut();
    }

    @Test
    void badHeaders() throws Exception {
        peer.bytes(new byte[] {1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0});
        assertThrownOut();
        for (byte[] header : new byte[][] {
            {0, 4, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0},
            {0, 0, 0, 16, 0, 0, 0, 1, 0, 0, 0, 0},
            {0, 2, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0},
            {0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0}
        }) {
            assertThrows(P2pException.class, () -> Frame.decode(java.nio.ByteBuffer.wrap(header)));
        }
    }

    @Test
    void streamIdsOfTheWrongSideOrInUse() throws Exception {
        peer.frame(Frame.WINDOW_UPDATE, Frame.SYN, 2, 0);
        assertThrownOut();
    }

    @Test
    void streamIdInUse() throws Exception {
        opened();
        peer.frame(Frame.WINDOW_UPDATE, Frame.SYN, 1, 0);
        assertThrownOut();
    }

    @Test
    void pingAnswerThatWasNotAskedFor() throws Exception {
        peer.frame(Frame.PING, Frame.ACK, 0, 12345);
        assertThrownOut();
    }

    @Test
    void streamsBeyondTheLimitAreResetAndThenEndTheSession() throws Exception {
        for (int i = 0; i < 5; i++) {
            peer.frame(Frame.WINDOW_UPDATE, Frame.SYN, 2 * i + 1, 0);
        }
        Frame reset = peer.next(Frame.WINDOW_UPDATE);
        assertEquals(new Frame(Frame.WINDOW_UPDATE, Frame.RST, 9, 0), reset);
        assertEquals(4, session.streams());
        for (int i = 5; i < 4 + YamuxConfig.DEFAULT.maxRefusedStreams() + 1; i++) {
            peer.frame(Frame.WINDOW_UPDATE, Frame.SYN, 2 * i + 1, 0);
            peer.next(Frame.WINDOW_UPDATE);
        }
    }

    @Test
    void openingStreamsWithoutEndEndsTheSession() throws Exception {
        Thread opening = Thread.startVirtualThread(() -> {
            try {
                for (int i = 0; i < 10_000; i++) {
                    peer.frame(Frame.WINDOW_UPDATE, Frame.SYN, 2 * i + 1, 0);
                }
            } catch (IOException e) {
                // The session hung up, as it should.
            }
        });
        assertThrownOut();
        pipe[1].close();
        opening.join();
        assertEquals(4, accepted.size());
    }

    @Test
    void pingFloodThatReadsNoAnswersEndsTheSession() throws Exception {
        IOException hungUp = assertThrows(IOException.class, () -> {
            for (int i = 0; i < 1_000_000; i++) {
                peer.frame(Frame.PING, Frame.SYN, 0, i);
            }
        });
        assertNotNull(hungUp);
        ended.await();
    }

    @Test
    void dataForStreamsThatNeverWere() throws Exception {
        IOException hungUp = assertThrows(IOException.class, () -> {
            for (int i = 0; i < 100; i++) {
                peer.data(0, 77, 60_000);
            }
        });
        assertNotNull(hungUp);
        ended.await();
    }

    @Test
    void dataOnItsWayToAResetStreamIsForgiven() throws Exception {
        YamuxStream stream = opened();
        stream.reset();
        assertEquals(new Frame(Frame.WINDOW_UPDATE, Frame.RST, 1, 0), peer.next(Frame.WINDOW_UPDATE));
        peer.data(0, 1, WINDOW);
        peer.frame(Frame.PING, Frame.SYN, 0, 9);
        Frame answer = peer.next(Frame.PING);
        while (answer != null && !answer.has(Frame.ACK)) {
            answer = peer.next(Frame.PING);
        }
        assertEquals(new Frame(Frame.PING, Frame.ACK, 0, 9), answer);
    }

    @Test
    void silentPeerIsGivenUp() throws Exception {
        session.close();
        pipe = PipeChannel.pair();
        start(YamuxConfig.DEFAULT.withTimes(
                Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMinutes(1), Duration.ofMinutes(1)));
        YamuxStream stream = session.open();
        P2pException closed = assertThrows(P2pException.class, () -> stream.read(new byte[1], 0, 1, TestHosts.soon()));
        assertEquals(P2pException.Reason.CLOSED, closed.reason());
        ended.await();
    }

    @Test
    void peerThatReadsNothingIsGivenUp() throws Exception {
        session.close();
        pipe = PipeChannel.pair();
        start(YamuxConfig.DEFAULT.withTimes(
                Duration.ofMillis(50), Duration.ofMinutes(1), Duration.ofMillis(200), Duration.ofMinutes(1)));
        YamuxStream stream = session.open();
        assertThrows(P2pException.class, () -> {
            for (int i = 0; i < 100; i++) {
                stream.write(new byte[100_000], 0, 100_000, TestHosts.soon());
            }
        });
        ended.await();
    }

    @Test
    void peerThatNeverFinishesAClosedStreamIsReset() throws Exception {
        session.close();
        pipe = PipeChannel.pair();
        peer = new RawPeer(pipe[1]);
        start(YamuxConfig.DEFAULT.withTimes(
                Duration.ofMillis(100), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMillis(50)));
        opened().close();
        assertEquals(new Frame(Frame.WINDOW_UPDATE, Frame.ACK | Frame.FIN, 1, 0), peer.next(Frame.WINDOW_UPDATE));
        assertEquals(new Frame(Frame.WINDOW_UPDATE, Frame.RST, 1, 0), peer.next(Frame.WINDOW_UPDATE));
        TestHosts.await("stream leaves the table", () -> session.streams() == 0);
    }

    @Test
    void randomBytesEndTheSessionAndNothingElse() throws Exception {
        long seed = System.nanoTime();
        System.out.println("YamuxHostileTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            session.close();
            pipe[1].close();
            pipe = PipeChannel.pair();
            peer = new RawPeer(pipe[1]);
            start(YamuxConfig.DEFAULT);
            byte[] bytes = new byte[random.nextInt(2000)];
            random.nextBytes(bytes);
            for (int i = 0; i + 1 < bytes.length && round % 2 == 0; i += 12) {
                bytes[i] = 0;
                bytes[i + 1] &= 3;
            }
            peer.bytes(bytes);
            pipe[1].close();
            TestHosts.await("end", () -> !session.isOpen());
            assertEquals(0, session.streams());
        }
    }
}
