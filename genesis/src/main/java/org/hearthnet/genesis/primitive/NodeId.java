package org.hearthnet.genesis.primitive;

/**
 * A member of the network: its Ed25519 public key (RFC 8032), which is at once its ledger account and, wrapped in a
 * multihash, its libp2p peer id.
 */
public record NodeId(Hash32 key) implements Comparable<NodeId> {
    /** Reads a 32-byte public key. */
    public static NodeId of(byte[] publicKey) {
        return new NodeId(Hash32.of(publicKey));
    }

    /** Parses 64 hexadecimal digits. */
    public static NodeId fromHex(String hex) {
        return new NodeId(Hash32.fromHex(hex));
    }

    /** The public key, in a new array. */
    public byte[] toArray() {
        return key.toArray();
    }

    /** 64 lower-case hexadecimal digits. */
    public String toHex() {
        return key.toHex();
    }

    /** The first 8 hexadecimal digits, for people. */
    public String shortHex() {
        return key.shortHex();
    }

    @Override
    public int compareTo(NodeId o) {
        return key.compareTo(o.key);
    }

    @Override
    public String toString() {
        return key.toHex();
    }
}
