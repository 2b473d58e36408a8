package org.hearthnet.node.p2p.select;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Stream;

/** Something to negotiate over. Reads take exactly what they ask for: what follows belongs to the chosen protocol. */
public interface Duplex {
    void readFully(byte[] into) throws IOException;

    void write(byte[] bytes) throws IOException;

    /** A bare connection; whoever negotiates on it closes it when its time is over. */
    static Duplex of(ByteChannel channel) {
        return new Duplex() {
            @Override
            public void readFully(byte[] into) throws IOException {
                ByteBuffer buffer = ByteBuffer.wrap(into);
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer) < 0) {
                        throw new EOFException("connection ended during negotiation");
                    }
                }
            }

            @Override
            public void write(byte[] bytes) throws IOException {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        };
    }

    static Duplex of(Stream stream, Deadline deadline) {
        return new Duplex() {
            @Override
            public void readFully(byte[] into) throws IOException {
                stream.readFully(into, 0, into.length, deadline);
            }

            @Override
            public void write(byte[] bytes) throws IOException {
                stream.write(bytes, deadline);
            }
        };
    }
}
