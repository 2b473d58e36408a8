package org.hearthnet.node.p2p.yamux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import org.hearthnet.node.p2p.SecureChannel;
import org.jspecify.annotations.Nullable;

/** A channel that only seems secure. */
final class PlainChannel implements SecureChannel {
    private final ByteChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(65519);
    private final ByteBuffer out = ByteBuffer.allocate(65519);

    PlainChannel(ByteChannel channel) {
        this.channel = channel;
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        in.clear();
        return channel.read(in) < 0 ? null : in.flip();
    }

    @Override
    public ByteBuffer writeBuffer() {
        return out;
    }

    @Override
    public void flush() throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
        out.clear();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
