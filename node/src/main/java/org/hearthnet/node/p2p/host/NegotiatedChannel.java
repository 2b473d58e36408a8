package org.hearthnet.node.p2p.host;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.hearthnet.node.p2p.SecureChannel;
import org.hearthnet.node.p2p.select.Duplex;
import org.jspecify.annotations.Nullable;

/**
 * Lets a multiplexer be negotiated on a secured channel: bytes that came in the same message after the negotiation are
 * kept for the multiplexer.
 */
final class NegotiatedChannel implements SecureChannel, Duplex {
    private final SecureChannel channel;
    private ByteBuffer rest = ByteBuffer.allocate(0);

    NegotiatedChannel(SecureChannel channel) {
        this.channel = channel;
    }

    @Override
    public void readFully(byte[] into) throws IOException {
        int done = 0;
        while (done < into.length) {
            if (!rest.hasRemaining()) {
                ByteBuffer next = channel.read();
                if (next == null) {
                    throw new EOFException("connection ended during negotiation");
                }
                rest = next;
            }
            int n = Math.min(rest.remaining(), into.length - done);
            rest.get(into, done, n);
            done += n;
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        channel.writeBuffer().put(bytes);
        channel.flush();
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        if (rest.hasRemaining()) {
            ByteBuffer left = rest;
            rest = ByteBuffer.allocate(0);
            return left;
        }
        return channel.read();
    }

    @Override
    public ByteBuffer writeBuffer() {
        return channel.writeBuffer();
    }

    @Override
    public void flush() throws IOException {
        channel.flush();
    }

    @Override
    public void close() {
        channel.close();
    }
}
