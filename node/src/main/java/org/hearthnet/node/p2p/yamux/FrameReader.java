package org.hearthnet.node.p2p.yamux;

import java.nio.ByteBuffer;
import org.hearthnet.node.p2p.P2pException;
import org.jspecify.annotations.Nullable;

/** Cuts a session's incoming bytes into frames, wherever the messages below happen to break. Keeps 12 bytes at most. */
final class FrameReader {
    /** What a session does with frames. */
    interface Sink {
        /** The whole of a frame but its payload; returns where the payload of a data frame goes, or null to drop it. */
        @Nullable
        ReceiveSide frame(Frame frame) throws P2pException;

        /** All bytes of a data frame have come. */
        void endOfData(Frame frame);
    }

    private final Sink sink;
    private final ByteBuffer header = ByteBuffer.allocate(Frame.HEADER);
    private @Nullable Frame data;
    private @Nullable ReceiveSide target;
    private long left;

    FrameReader(Sink sink) {
        this.sink = sink;
    }

    void feed(ByteBuffer in) throws P2pException {
        while (in.hasRemaining()) {
            if (data == null) {
                feedHeader(in);
            } else {
                feedPayload(in, data);
            }
        }
    }

    private void feedHeader(ByteBuffer in) throws P2pException {
        int n = Math.min(header.remaining(), in.remaining());
        header.put(header.position(), in, in.position(), n).position(header.position() + n);
        in.position(in.position() + n);
        if (header.hasRemaining()) {
            return;
        }
        Frame frame = Frame.decode(header.flip());
        header.clear();
        target = sink.frame(frame);
        if (frame.type() == Frame.DATA) {
            data = frame;
            left = frame.length();
            endIfComplete(frame);
        }
    }

    private void feedPayload(ByteBuffer in, Frame frame) throws P2pException {
        int n = (int) Math.min(left, in.remaining());
        if (target != null) {
            target.receive(in, n);
        } else {
            in.position(in.position() + n);
        }
        left -= n;
        endIfComplete(frame);
    }

    private void endIfComplete(Frame frame) {
        if (left == 0) {
            data = null;
            target = null;
            sink.endOfData(frame);
        }
    }
}
