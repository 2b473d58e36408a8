package org.hearthnet.node.p2p;

import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** The private Ed25519 key of a host. Never printed. */
public final class Identity {
    /** Bytes of the private seed (RFC 8032 section 5.1.5). */
    public static final int SEED_SIZE = Ed25519.SECRET_KEY_SIZE;

    private final byte[] seed;
    private final byte[] rawPublic;
    private final PublicKey publicKey;
    private final PeerId peerId;

    private Identity(byte[] seed) {
        this.seed = seed;
        this.rawPublic = new byte[PublicKey.SIZE];
        Ed25519.generatePublicKey(seed, 0, rawPublic, 0);
        this.publicKey = PublicKey.ofRaw(rawPublic);
        this.peerId = PeerId.of(publicKey);
    }

    public static Identity ofSeed(byte[] seed) {
        if (seed.length != SEED_SIZE) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.length);
        }
        return new Identity(seed.clone());
    }

    public static Identity generate(SecureRandom random) {
        byte[] seed = new byte[SEED_SIZE];
        random.nextBytes(seed);
        return new Identity(seed);
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    public PeerId peerId() {
        return peerId;
    }

    public byte[] sign(byte[] message) {
        byte[] signature = new byte[PublicKey.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, rawPublic, 0, null, message, 0, message.length, signature, 0);
        return signature;
    }

    @Override
    public String toString() {
        return "identity of " + peerId;
    }
}
