package org.hearthnet.node.pipeline.wire;

import java.util.concurrent.locks.ReentrantLock;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.MessageStream;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Canonical records over a stream. Any thread may send; one reads.
 *
 * @param <I> what comes in
 * @param <O> what goes out
 */
public final class RecordStream<I, O> implements AutoCloseable {
    private final MessageStream messages;
    private final Codec<I> in;
    private final Codec<O> out;
    private final int maxIn;
    private final ReentrantLock writing = new ReentrantLock();

    private RecordStream(Stream stream, Codec<I> in, Codec<O> out, int maxIn) {
        this.messages = new MessageStream(stream);
        this.in = in;
        this.out = out;
        this.maxIn = maxIn;
    }

    /** The client's end of a control stream. */
    public static RecordStream<StageMessage, ClientMessage> toStage(Stream stream) {
        return new RecordStream<>(stream, StageMessage.CODEC, ClientMessage.CODEC, Protocols.MAX_STAGE_BYTES);
    }

    /** The stage's end of a control stream. */
    public static RecordStream<ClientMessage, StageMessage> toClient(Stream stream) {
        return new RecordStream<>(stream, ClientMessage.CODEC, StageMessage.CODEC, Protocols.MAX_CLIENT_BYTES);
    }

    /** Either end of a ring stream. */
    public static RecordStream<RingMessage, RingMessage> ring(Stream stream) {
        return new RecordStream<>(stream, RingMessage.CODEC, RingMessage.CODEC, Protocols.MAX_RING_BYTES);
    }

    /** Who is at the other end. */
    public NodeId remote() {
        return Peers.node(messages.stream().remotePeer());
    }

    /** Sends one record. */
    public void send(O message, Deadline deadline) throws P2pException {
        byte[] encoded = out.encode(message);
        writing.lock();
        try {
            messages.write(encoded, deadline);
        } finally {
            writing.unlock();
        }
    }

    /**
     * The next record, or null if the other side has finished.
     *
     * @throws P2pException PROTOCOL if it is too long or not canonical
     */
    public @Nullable I receive(Deadline deadline) throws P2pException {
        byte[] bytes = messages.read(maxIn, deadline);
        if (bytes == null) {
            return null;
        }
        try {
            return in.decode(bytes);
        } catch (CodecException | IllegalArgumentException | ArithmeticException e) {
            throw P2pException.protocol(String.valueOf(e.getMessage()));
        }
    }

    /** Breaks the stream off. */
    public void reset() {
        messages.stream().reset();
    }

    /** Finishes: what was sent is still delivered. */
    @Override
    public void close() {
        messages.stream().close();
    }
}
