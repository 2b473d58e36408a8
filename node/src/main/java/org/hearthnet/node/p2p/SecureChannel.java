package org.hearthnet.node.p2p;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An encrypted channel as a multiplexer uses it: one thread reads, one writes. Both hand out the channel's own buffers
 * so that bytes are not copied on the way.
 */
public interface SecureChannel extends AutoCloseable {
    /** The next decrypted bytes (valid until the next call), or null when the other side has closed. */
    @Nullable
    ByteBuffer read() throws IOException;

    /** The empty buffer to fill with plaintext for one {@link #flush}. */
    ByteBuffer writeBuffer();

    /** Encrypts and sends what is in the write buffer, and empties it. Blocks while the other side does not read. */
    void flush() throws IOException;

    /** Closes at once, waking whoever is blocked here. */
    @Override
    void close();
}
