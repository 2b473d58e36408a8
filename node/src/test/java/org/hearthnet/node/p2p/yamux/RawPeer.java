package org.hearthnet.node.p2p.yamux;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hearthnet.node.p2p.noise.PipeChannel;
import org.jspecify.annotations.Nullable;

/** The other side of a session, written out frame by frame; keeps no rules. */
final class RawPeer {
    private final PipeChannel channel;

    RawPeer(PipeChannel channel) {
        this.channel = channel;
    }

    void frame(int type, int flags, int stream, long length) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(Frame.HEADER);
        Frame.encode(out, type, flags, stream, length);
        bytes(out.array());
    }

    void data(int flags, int stream, int length) throws IOException {
        // In one write: a peer that is thrown out for the header must not find its pipe broken before the payload.
        ByteBuffer out = ByteBuffer.allocate(Frame.HEADER + length);
        Frame.encode(out, Frame.DATA, flags, stream, length);
        bytes(out.array());
    }

    void bytes(byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** The next frame, its payload thrown away; null at the end. */
    @Nullable
    Frame next() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(Frame.HEADER);
        if (!fill(header)) {
            return null;
        }
        Frame frame = Frame.decode(header.flip());
        if (frame.type() == Frame.DATA && !fill(ByteBuffer.allocate((int) frame.length()))) {
            return null;
        }
        return frame;
    }

    /** Skips frames until one of this type comes; null at the end. */
    @Nullable
    Frame next(int type) throws IOException {
        Frame frame = next();
        while (frame != null && frame.type() != type) {
            frame = next();
        }
        return frame;
    }

    private boolean fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }
}
