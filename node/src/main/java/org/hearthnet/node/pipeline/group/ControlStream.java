package org.hearthnet.node.pipeline.group;

import java.io.IOException;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.MessageStream;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.Stream;

/** {@link GroupMessage}s over a stream. Any thread may send; one reads. */
final class ControlStream implements AutoCloseable {
    private final MessageStream messages;

    ControlStream(Stream stream) {
        this.messages = new MessageStream(stream);
    }

    Stream stream() {
        return messages.stream();
    }

    synchronized void send(GroupMessage message, Deadline deadline) throws IOException {
        messages.write(GroupMessage.CODEC.encode(message), deadline);
    }

    /** The next message; the end of the stream is an error. */
    GroupMessage receive(Deadline deadline) throws IOException {
        byte[] bytes = messages.read(GroupMessage.MAX_BYTES, deadline);
        if (bytes == null) {
            throw P2pException.closed("the other member");
        }
        try {
            return GroupMessage.CODEC.decode(bytes);
        } catch (CodecException | IllegalArgumentException | ArithmeticException e) {
            throw P2pException.protocol(String.valueOf(e.getMessage()));
        }
    }

    void reset() {
        messages.stream().reset();
    }

    @Override
    public void close() {
        messages.stream().close();
    }
}
