package org.hearthnet.node.p2p.noise;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import org.hearthnet.node.p2p.SecureChannel;
import org.jspecify.annotations.Nullable;

/**
 * The transport phase: messages of a two-byte length and at most 65535 bytes of ciphertext, encrypted and decrypted in
 * place in one buffer for each direction.
 */
public final class NoiseChannel implements SecureChannel {
    /** The most plaintext bytes of one message. */
    public static final int MAX_PLAINTEXT = NoiseFrames.MAX_FRAME - CipherState.TAG;

    private static final byte[] NOTHING = {};
    private static final int LENGTH = 2;

    private final ByteChannel channel;
    private final CipherState sending;
    private final CipherState receiving;
    private final byte[] in = new byte[LENGTH + NoiseFrames.MAX_FRAME];
    private final byte[] out = new byte[LENGTH + NoiseFrames.MAX_FRAME];
    private final ByteBuffer outPlain =
            ByteBuffer.wrap(out, LENGTH, MAX_PLAINTEXT).slice();
    private int inStart;
    private int inEnd;

    NoiseChannel(ByteChannel channel, CipherState sending, CipherState receiving) {
        this.channel = channel;
        this.sending = sending;
        this.receiving = receiving;
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        if (!fill(LENGTH)) {
            return null;
        }
        int length = NoiseFrames.length(in[inStart], in[inStart + 1]);
        if (!fill(LENGTH + length)) {
            throw new EOFException("noise message is cut short");
        }
        int start = inStart + LENGTH;
        inStart = start + length;
        int plain = receiving.decrypt(in, start, length, NOTHING);
        return ByteBuffer.wrap(in, start, plain);
    }

    /** Has at least {@code count} bytes in the buffer; false if the channel ended before the first of them. */
    private boolean fill(int count) throws IOException {
        if (inStart == inEnd) {
            inStart = 0;
            inEnd = 0;
        }
        if (inStart + count > in.length) {
            System.arraycopy(in, inStart, in, 0, inEnd - inStart);
            inEnd -= inStart;
            inStart = 0;
        }
        while (inEnd - inStart < count) {
            int n = channel.read(ByteBuffer.wrap(in, inEnd, in.length - inEnd));
            if (n < 0 && inEnd == inStart) {
                return false;
            }
            if (n < 0) {
                throw new EOFException("noise message is cut short");
            }
            inEnd += n;
        }
        return true;
    }

    @Override
    public ByteBuffer writeBuffer() {
        return outPlain;
    }

    @Override
    public void flush() throws IOException {
        int length = sending.encrypt(out, LENGTH, outPlain.position(), NOTHING);
        outPlain.clear();
        out[0] = (byte) (length >> 8);
        out[1] = (byte) length;
        ByteBuffer bytes = ByteBuffer.wrap(out, 0, LENGTH + length);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() {
        NoiseFrames.closeQuietly(channel);
    }
}
