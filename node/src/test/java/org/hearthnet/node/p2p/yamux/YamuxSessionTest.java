package org.hearthnet.node.p2p.yamux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.P2pException.Reason;
import org.hearthnet.node.p2p.TestHosts;
import org.hearthnet.node.p2p.Timer;
import org.hearthnet.node.p2p.noise.PipeChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two sessions with each other. */
@Timeout(60)
class YamuxSessionTest {
    private final Timer timer = new Timer("test-timer");
    private final BufferBudget buffers = new BufferBudget(64 << 20, null);
    private final BlockingQueue<YamuxStream> accepted = new LinkedBlockingQueue<>();
    private YamuxSession client;
    private YamuxSession server;

    @BeforeEach
    void open() throws IOException {
        PipeChannel[] pipe = PipeChannel.pair();
        client = new YamuxSession(
                new PlainChannel(pipe[0]), true, YamuxConfig.DEFAULT, accepted::add, s -> {}, buffers, timer);
        server = new YamuxSession(
                new PlainChannel(pipe[1]), false, YamuxConfig.DEFAULT, accepted::add, s -> {}, buffers, timer);
        client.start("client");
        server.start("server");
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        timer.close();
    }

    @Test
    void dataFarBeyondTheWindowArrivesUnchanged() throws Exception {
        byte[] data = random(5_000_000);
        YamuxStream out = client.open();
        Thread writing = Thread.startVirtualThread(() -> {
            try {
                out.write(data, 0, data.length, TestHosts.soon());
                out.closeWrite();
            } catch (P2pException e) {
                throw new IllegalStateException(e);
            }
        });
        YamuxStream in = accepted.take();
        assertArrayEquals(data, readAll(in));
        writing.join();
        in.write(data, 0, 100, TestHosts.soon());
        in.closeWrite();
        assertEquals(100, readAll(out).length);
        TestHosts.await("streams leave the tables", () -> client.streams() + server.streams() == 0);
    }

    @Test
    void slowReaderHoldsItsWriterBackAndNobodyElse() throws Exception {
        YamuxStream stuck = client.open();
        P2pException late = assertThrows(
                P2pException.class, () -> stuck.write(new byte[2_000_000], 0, 2_000_000, Deadline.inMillis(200)));
        assertEquals(Reason.DEADLINE, late.reason());
        YamuxStream unread = accepted.take();
        TestHosts.await("window used up", () -> unread.receiving().allowance() == 0);
        assertTrue(unread.receiving().held() <= YamuxConfig.INITIAL_WINDOW);
        YamuxStream other = server.open();
        byte[] data = random(1_000_000);
        Thread.startVirtualThread(() -> {
            try {
                other.write(data, 0, data.length, TestHosts.soon());
                other.closeWrite();
            } catch (P2pException e) {
                throw new IllegalStateException(e);
            }
        });
        assertArrayEquals(data, readAll(accepted.take()));
    }

    @Test
    void readDeadlineLeavesTheStreamUsable() throws Exception {
        YamuxStream out = client.open();
        YamuxStream in = accepted.take();
        byte[] one = new byte[1];
        P2pException late = assertThrows(P2pException.class, () -> in.read(one, 0, 1, Deadline.inMillis(10)));
        assertEquals(Reason.DEADLINE, late.reason());
        out.write(new byte[] {42}, 0, 1, TestHosts.soon());
        assertEquals(1, in.read(one, 0, 1, TestHosts.soon()));
        assertEquals(42, one[0]);
    }

    @Test
    void resetWakesReadersAndWritersOnBothSides() throws Exception {
        YamuxStream out = client.open();
        YamuxStream in = accepted.take();
        Thread resetting = Thread.startVirtualThread(in::reset);
        assertEquals(
                Reason.RESET,
                assertThrows(P2pException.class, () -> out.read(new byte[1], 0, 1, TestHosts.soon()))
                        .reason());
        assertEquals(
                Reason.RESET,
                assertThrows(P2pException.class, () -> out.write(new byte[1], 0, 1, TestHosts.soon()))
                        .reason());
        assertThrows(P2pException.class, () -> in.write(new byte[1], 0, 1, TestHosts.soon()));
        assertThrows(P2pException.class, () -> in.read(new byte[1], 0, 1, TestHosts.soon()));
        resetting.join();
        TestHosts.await("streams leave the tables", () -> client.streams() + server.streams() == 0);
    }

    @Test
    void closeDeliversWhatWasWritten() throws Exception {
        YamuxStream out = client.open();
        out.write(random(1000), 0, 1000, TestHosts.soon());
        out.close();
        YamuxStream in = accepted.take();
        assertEquals(1000, readAll(in).length);
        assertThrows(P2pException.class, () -> out.read(new byte[1], 0, 1, TestHosts.soon()));
        in.close();
        TestHosts.await("streams leave the tables", () -> client.streams() + server.streams() == 0);
    }

    @Test
    void endOfTheSessionEndsStreamsButKeepsWhatArrived() throws Exception {
        YamuxStream out = client.open();
        out.write(random(1000), 0, 1000, TestHosts.soon());
        YamuxStream in = accepted.take();
        TestHosts.await("data", () -> in.receiving().held() > 0);
        client.close();
        TestHosts.await("end", () -> !server.isOpen());
        byte[] got = new byte[1000];
        assertEquals(1000, in.read(got, 0, 1000, TestHosts.soon()));
        assertEquals(
                Reason.CLOSED,
                assertThrows(P2pException.class, () -> in.read(got, 0, 1, TestHosts.soon()))
                        .reason());
        assertThrows(P2pException.class, client::open);
        assertThrows(P2pException.class, server::open);
    }

    @Test
    void openStreamsAreLimited() throws Exception {
        for (int i = 0; i < YamuxConfig.DEFAULT.maxOutboundStreams(); i++) {
            client.open();
        }
        assertEquals(
                Reason.LIMIT, assertThrows(P2pException.class, client::open).reason());
        accepted.take().reset();
        TestHosts.await("a place", () -> client.streams() < YamuxConfig.DEFAULT.maxOutboundStreams());
        client.open();
    }

    @Test
    void windowsGrowWithinTheirBudgetAndGiveItBack() {
        WindowBudget budget = new WindowBudget(1_000_000, 1_000_000);
        assertEquals(262_144, budget.grow(262_144));
        assertEquals(475_712, budget.grow(524_288));
        assertEquals(262_144, budget.grow(262_144));
        assertEquals(0, budget.grow(262_144));
        budget.release(475_712);
        assertEquals(262_144, budget.grow(262_144));
        assertEquals(0, budget.grow(1_000_000));
    }

    @Test
    void roundTripIsMeasured() throws Exception {
        assertTrue(TestHosts.awaitPresent(client::roundTrip).toNanos() > 0);
    }

    private static byte[] readAll(YamuxStream stream) throws P2pException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] chunk = new byte[10_000];
        for (int n = 0; n >= 0; n = stream.read(chunk, 0, chunk.length, TestHosts.soon())) {
            all.write(chunk, 0, n);
        }
        return all.toByteArray();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
