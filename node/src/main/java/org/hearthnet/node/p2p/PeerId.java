package org.hearthnet.node.p2p;

import java.util.Arrays;
import org.hearthnet.node.p2p.wire.Base58;
import org.hearthnet.node.p2p.wire.WireException;

/**
 * The name of a peer: the identity multihash of its Ed25519 public key, shown in base58btc as {@code 12D3KooW...} (<a
 * href="https://github.com/libp2p/specs/blob/master/peer-ids/peer-ids.md">peer-ids</a>). Hashed names, which RSA keys
 * have, are refused, so the public key can always be taken out of the name.
 */
public final class PeerId implements Comparable<PeerId> {
    /** Bytes of the binary form. */
    public static final int SIZE = 38;
    /** Identity multihash (0x00) of 36 bytes: protobuf key type Ed25519 and a field of 32 bytes. */
    private static final byte[] PREFIX = {0x00, 0x24, 0x08, 0x01, 0x12, 0x20};

    private final byte[] bytes;

    private PeerId(byte[] bytes) {
        this.bytes = bytes;
    }

    public static PeerId of(PublicKey key) {
        byte[] bytes = Arrays.copyOf(PREFIX, SIZE);
        System.arraycopy(key.raw(), 0, bytes, PREFIX.length, PublicKey.SIZE);
        return new PeerId(bytes);
    }

    public static PeerId ofBytes(byte[] bytes) throws WireException {
        if (bytes.length != SIZE || !Arrays.equals(PREFIX, Arrays.copyOf(bytes, PREFIX.length))) {
            throw new WireException("not the peer id of an Ed25519 key");
        }
        return new PeerId(bytes.clone());
    }

    public static PeerId parse(String base58) throws WireException {
        return ofBytes(Base58.decode(base58));
    }

    public PublicKey publicKey() {
        return PublicKey.ofRaw(Arrays.copyOfRange(bytes, PREFIX.length, SIZE));
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(PeerId other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return Base58.encode(bytes);
    }
}
