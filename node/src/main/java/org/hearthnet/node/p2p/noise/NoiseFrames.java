package org.hearthnet.node.p2p.noise;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.hearthnet.node.p2p.wire.WireException;

/** The two-byte big-endian length before every noise message (libp2p noise, section Wire Format). */
final class NoiseFrames {
    /** The most bytes of a message, set by the Noise framework (section 3). */
    static final int MAX_FRAME = 65535;

    private NoiseFrames() {}

    static int length(byte high, byte low) {
        return (high & 0xff) << 8 | (low & 0xff);
    }

    /** Reads exactly one message and not a byte more. */
    static byte[] read(ReadableByteChannel channel, int max) throws IOException {
        byte[] header = readFully(channel, 2);
        int length = length(header[0], header[1]);
        if (length > max) {
            throw new WireException("noise handshake message of " + length + " bytes");
        }
        return readFully(channel, length);
    }

    static void write(WritableByteChannel channel, byte[] message) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(2 + message.length);
        bytes.putShort((short) message.length).put(message).flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    static void closeQuietly(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // There is nothing left to save on a channel that is given up.
        }
    }

    private static byte[] readFully(ReadableByteChannel channel, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("noise handshake is cut short");
            }
        }
        return bytes.array();
    }
}
