package org.hearthnet.node.p2p;

/**
 * One of many independent, flow-controlled, two-way byte streams over a {@link Connection}. At most one thread reads
 * and one writes at a time; {@link #reset} and {@link #close} may come from any thread and wake both.
 */
public interface Stream extends AutoCloseable {
    /** The peer at the other end, proved by the connection's handshake. */
    PeerId remotePeer();

    /** The negotiated protocol. */
    String protocol();

    Connection connection();

    /**
     * Reads what is there, at least one byte.
     *
     * @return the number of bytes, or -1 when the other side has finished writing
     * @throws P2pException DEADLINE (the stream stays usable), RESET, or CLOSED
     */
    int read(byte[] into, int offset, int length, Deadline deadline) throws P2pException;

    /**
     * Hands bytes over for sending and waits while this stream's send buffer is full, that is: while the other side
     * does not read.
     *
     * @throws P2pException DEADLINE (an unknown part was handed over: reset the stream), RESET, or CLOSED
     */
    void write(byte[] from, int offset, int length, Deadline deadline) throws P2pException;

    default void write(byte[] bytes, Deadline deadline) throws P2pException {
        write(bytes, 0, bytes.length, deadline);
    }

    /** Fills the range; an early end is {@link P2pException.Reason#CLOSED}. */
    default void readFully(byte[] into, int offset, int length, Deadline deadline) throws P2pException {
        int done = 0;
        while (done < length) {
            int n = read(into, offset + done, length - done, deadline);
            if (n < 0) {
                throw new P2pException(P2pException.Reason.CLOSED, "stream ended within a message");
            }
            done += n;
        }
    }

    /** Half-close: says that nothing more will be written, after what was. Returns at once. */
    void closeWrite();

    /** Breaks the stream off in both directions, dropping what was not yet sent. Returns at once. */
    void reset();

    /**
     * Finishes writing and gives up reading. What was written is still delivered; if the other side does not finish in
     * a while, the stream is reset. Returns at once.
     */
    @Override
    void close();
}
