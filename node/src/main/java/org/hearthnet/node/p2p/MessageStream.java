package org.hearthnet.node.p2p;

import java.io.IOException;
import java.util.Arrays;
import org.hearthnet.node.p2p.wire.Uvarint;
import org.jspecify.annotations.Nullable;

/** Messages over a stream, each with its length before it as an unsigned varint. */
public final class MessageStream {
    /** What is set aside on the word of a length alone; more only as bytes arrive. */
    private static final int FIRST_CHUNK = 64 * 1024;

    private final Stream stream;

    public MessageStream(Stream stream) {
        this.stream = stream;
    }

    public Stream stream() {
        return stream;
    }

    /**
     * The next message of at most {@code max} bytes, or null if the other side finished before one began.
     *
     * @throws P2pException PROTOCOL if it is longer (the stream is of no more use then), and as {@link Stream#read}
     */
    public byte @Nullable [] read(int max, Deadline deadline) throws P2pException {
        byte[] one = new byte[1];
        if (stream.read(one, 0, 1, deadline) < 0) {
            return null;
        }
        int length = readLength(one, max, deadline);
        byte[] message = new byte[Math.min(length, FIRST_CHUNK)];
        int done = 0;
        while (true) {
            stream.readFully(message, done, message.length - done, deadline);
            done = message.length;
            if (done == length) {
                return message;
            }
            message = Arrays.copyOf(message, (int) Math.min(length, 2L * done));
        }
    }

    private int readLength(byte[] one, int max, Deadline deadline) throws P2pException {
        boolean[] first = {true};
        try {
            long length = Uvarint.read(() -> {
                if (!first[0]) {
                    stream.readFully(one, 0, 1, deadline);
                }
                first[0] = false;
                return one[0] & 0xff;
            });
            if (length > max) {
                throw P2pException.protocol("message of " + length + " bytes where " + max + " are allowed");
            }
            return (int) length;
        } catch (IOException e) {
            throw P2pException.of("message length", e);
        }
    }

    public void write(byte[] message, Deadline deadline) throws P2pException {
        stream.write(frame(message), deadline);
    }

    /** A message with its length before it, for those that send the same to many. */
    public static byte[] frame(byte[] message) {
        byte[] framed = new byte[Uvarint.size(message.length) + message.length];
        int at = Uvarint.put(framed, 0, message.length);
        System.arraycopy(message, 0, framed, at, message.length);
        return framed;
    }
}
