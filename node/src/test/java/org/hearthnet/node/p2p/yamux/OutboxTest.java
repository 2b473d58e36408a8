package org.hearthnet.node.p2p.yamux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.TestHosts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutboxTest {
    private static final int BUFFER = 256 * 1024;
    private final Outbox outbox = new Outbox(BUFFER, 3 * BUFFER);

    private List<Frame> next() throws Exception {
        ByteBuffer out = ByteBuffer.allocate(65519);
        outbox.fill(out);
        out.flip();
        List<Frame> frames = new ArrayList<>();
        while (out.hasRemaining()) {
            Frame frame = Frame.decode(out);
            frames.add(frame);
            if (frame.type() == Frame.DATA) {
                out.position(out.position() + (int) frame.length());
            }
        }
        return frames;
    }

    private SendSide stream(int id) {
        SendSide stream = outbox.newStream(id, false, () -> {});
        stream.ackPending = false;
        return stream;
    }

    private void write(SendSide stream, int bytes) throws P2pException {
        outbox.write(stream, new byte[bytes], 0, bytes, TestHosts.soon());
    }

    @Test
    void streamsTakeTurns() throws Exception {
        SendSide bulk = stream(1);
        SendSide small = stream(3);
        write(bulk, BUFFER);
        write(small, 10);
        assertEquals(List.of(new Frame(Frame.DATA, 0, 1, 65519 - 12)), next());
        List<Frame> second = next();
        assertEquals(new Frame(Frame.DATA, 0, 3, 10), second.get(0));
        assertEquals(1, second.get(1).stream());
    }

    @Test
    void smallWritesLeaveTogether() throws Exception {
        SendSide stream = stream(1);
        for (int i = 0; i < 100; i++) {
            write(stream, 5);
        }
        assertEquals(List.of(new Frame(Frame.DATA, 0, 1, 500)), next());
    }

    @Test
    void finComesAfterTheDataInAFrameOfItsOwn() throws Exception {
        SendSide stream = stream(1);
        write(stream, 70_000);
        outbox.finish(stream);
        assertEquals(List.of(new Frame(Frame.DATA, 0, 1, 65507)), next());
        assertEquals(
                List.of(new Frame(Frame.DATA, 0, 1, 70_000 - 65507), new Frame(Frame.WINDOW_UPDATE, Frame.FIN, 1, 0)),
                next());
        assertThrows(P2pException.class, () -> write(stream, 1));
        outbox.credit(stream, 99);
        assertEquals(List.of(new Frame(Frame.WINDOW_UPDATE, 0, 1, 99)), next());
    }

    @Test
    void windowHoldsDataBackAndUpdatesLetItGo() throws Exception {
        SendSide stream = stream(1);
        write(stream, BUFFER);
        for (int i = 0; i < 5; i++) {
            if (stream.window > 0) {
                next();
            }
        }
        assertEquals(0, stream.window);
        write(stream, 100);
        assertFalse(stream.hasWork());
        outbox.widen(stream, 40);
        assertEquals(List.of(new Frame(Frame.DATA, 0, 1, 40)), next());
        assertThrows(P2pException.class, () -> {
            outbox.widen(stream, 0xffffffffL);
            outbox.widen(stream, 1);
        });
    }

    @Test
    void bufferOfAStreamIsBounded() throws Exception {
        SendSide stream = stream(1);
        P2pException late = assertThrows(
                P2pException.class,
                () -> outbox.write(stream, new byte[BUFFER + 1], 0, BUFFER + 1, Deadline.inMillis(20)));
        assertEquals(P2pException.Reason.DEADLINE, late.reason());
        assertEquals(BUFFER, stream.ring.size());
        assertEquals(BUFFER, stream.ring.capacity());
    }

    @Test
    void buffersOfAllStreamsTogetherAreBoundedButNoneIsShutOut() throws Exception {
        SendSide[] full = {stream(1), stream(2), stream(3)};
        for (SendSide stream : full) {
            write(stream, BUFFER);
        }
        SendSide late = stream(4);
        write(late, Outbox.MIN_BUFFER);
        assertThrows(P2pException.class, () -> outbox.write(late, new byte[1], 0, 1, Deadline.inMillis(20)));
        outbox.reset(late);
        SendSide another = stream(5);
        while (full[0].ring.size() + full[1].ring.size() + full[2].ring.size() > 0) {
            next();
        }
        write(another, BUFFER);
    }

    @Test
    void controlFramesGoFirstAndAreBounded() throws Exception {
        write(stream(1), 10);
        outbox.control(Frame.PING, Frame.ACK, 0, 7);
        assertEquals(Frame.PING, next().getFirst().type());
        for (int i = 0; i < Outbox.MAX_CONTROL; i++) {
            outbox.control(Frame.PING, Frame.ACK, 0, i);
        }
        assertThrows(P2pException.class, () -> outbox.control(Frame.PING, Frame.ACK, 0, 0));
        assertEquals(Outbox.MAX_CONTROL, outbox.controlFrames());
    }

    @Test
    void resetDropsDataAndOvertakesFin() throws Exception {
        SendSide stream = stream(1);
        write(stream, 100);
        outbox.finish(stream);
        outbox.reset(stream);
        assertEquals(List.of(new Frame(Frame.WINDOW_UPDATE, Frame.RST, 1, 0)), next());
        assertTrue(stream.done);
        SendSide neverOpened = outbox.newStream(3, true, () -> {});
        outbox.open(neverOpened);
        outbox.reset(neverOpened);
        outbox.control(Frame.PING, Frame.SYN, 0, 1);
        assertEquals(List.of(new Frame(Frame.PING, Frame.SYN, 0, 1)), next());
    }

    @Test
    void goAwayIsTheLastFrame() throws Exception {
        write(stream(1), 100);
        outbox.goAway(Frame.PROTOCOL_ERROR);
        ByteBuffer out = ByteBuffer.allocate(100);
        assertFalse(outbox.fill(out));
        assertEquals(new Frame(Frame.GO_AWAY, 0, 0, Frame.PROTOCOL_ERROR), Frame.decode(out.flip()));
        assertFalse(outbox.fill(out.clear()));
        assertEquals(0, out.position());
    }
}
