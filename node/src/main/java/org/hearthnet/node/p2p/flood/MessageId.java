package org.hearthnet.node.p2p.flood;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** The SHA-256 that tells messages apart. */
final class MessageId {
    private final byte[] hash;

    MessageId(byte[] hash) {
        this.hash = hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MessageId that && Arrays.equals(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return ByteBuffer.wrap(hash).getInt();
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(hash);
    }
}
