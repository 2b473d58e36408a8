package org.hearthnet.genesis.crypto;

import org.hearthnet.genesis.primitive.Hash32;

/** An Ed25519 signature (RFC 8032): 64 bytes, R and S. */
public record Signature(Hash32 r, Hash32 s) {
    /** Length in bytes. */
    public static final int BYTES = 64;

    /** Reads 64 bytes. */
    public static Signature of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a signature has 64 bytes, got " + bytes.length);
        }
        return new Signature(Hash32.at(bytes, 0), Hash32.at(bytes, Hash32.BYTES));
    }

    /** The 64 bytes. */
    public byte[] toArray() {
        byte[] out = new byte[BYTES];
        r.write(out, 0);
        s.write(out, Hash32.BYTES);
        return out;
    }
}
