package org.hearthnet.node.p2p.gossipsub;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** What tells messages apart, see {@link Message#id}; of a peer's making in IHAVE, IWANT and IDONTWANT. */
public final class MessageId {
    /** Bytes of an id that this side makes. */
    public static final int SIZE = 20;
    /** Bytes of the longest id that is listened to; others use author and sequence number. */
    public static final int MAX_SIZE = 64;

    private final byte[] bytes;
    private final int hash;

    MessageId(byte[] bytes) {
        this.bytes = bytes;
        // Ids of this side's making are hashes already; those of others may be anything.
        this.hash = bytes.length == SIZE ? ByteBuffer.wrap(bytes).getInt() : Arrays.hashCode(bytes);
    }

    /** An id of these bytes, which it copies. */
    public static MessageId of(byte[] bytes) {
        if (bytes.length > MAX_SIZE) {
            throw new IllegalArgumentException("a message id of " + bytes.length + " bytes");
        }
        return new MessageId(bytes.clone());
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
