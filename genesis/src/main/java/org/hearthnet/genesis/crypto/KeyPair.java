package org.hearthnet.genesis.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/** An Ed25519 key (RFC 8032): the 32-byte seed and what follows from it. Its text form never shows the seed. */
public final class KeyPair {
    private final byte[] seed;
    private final byte[] publicKey;
    private final NodeId id;

    private KeyPair(byte[] seed) {
        this.seed = seed;
        this.publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, publicKey, 0);
        this.id = NodeId.of(publicKey);
    }

    /** The key of a 32-byte secret seed. */
    public static KeyPair fromSeed(byte[] seed) {
        if (seed.length != Ed25519.SECRET_KEY_SIZE) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, got " + seed.length);
        }
        return new KeyPair(seed.clone());
    }

    /** A new key from {@code random}. */
    public static KeyPair generate(SecureRandom random) {
        byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
        random.nextBytes(seed);
        return new KeyPair(seed);
    }

    /** The public key. */
    public NodeId id() {
        return id;
    }

    /** A copy of the secret seed, for the key file only. */
    public byte[] seed() {
        return seed.clone();
    }

    /** Signs {@code value} for one network and domain, see {@link Signing}. */
    public <T> Signature sign(Hash32 network, String domain, Codec<T> codec, T value) {
        return sign(Signing.digest(network, domain, codec, value));
    }

    /** Signs exactly {@code message}. */
    public Signature sign(byte[] message) {
        byte[] out = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, out, 0);
        return Signature.of(out);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyPair that && Arrays.equals(seed, that.seed);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "KeyPair[" + id.shortHex() + "]";
    }
}
