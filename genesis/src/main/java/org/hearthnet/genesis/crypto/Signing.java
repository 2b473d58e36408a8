package org.hearthnet.genesis.crypto;

import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * What is signed: the 32-byte {@link #digest} of (network, domain, canonical encoding), so that a signature is good for
 * one kind of statement on one network only.
 */
public final class Signing {
    private Signing() {}

    /** The bytes that a signature over {@code value} covers. */
    public static <T> byte[] digest(Hash32 network, String domain, Codec<T> codec, T value) {
        return digest(network, domain, codec.encode(value));
    }

    /** The same for a value whose encoding is known. */
    public static byte[] digest(Hash32 network, String domain, byte[] encoded) {
        return Hashing.in(domain).add(network).add(encoded).finish().toArray();
    }

    /**
     * Whether {@code signature} is {@code signer}'s over {@code value}. One implementation (BouncyCastle's, cofactorless,
     * canonical encodings required) everywhere: nodes that disagreed on an odd signature would fork.
     */
    public static <T> boolean verify(
            Hash32 network, String domain, Codec<T> codec, T value, NodeId signer, Signature signature) {
        return verify(digest(network, domain, codec, value), signer, signature);
    }

    /** Whether {@code signature} is {@code signer}'s over exactly {@code message}. */
    public static boolean verify(byte[] message, NodeId signer, Signature signature) {
        return Ed25519.verify(signature.toArray(), 0, signer.toArray(), 0, message, 0, message.length);
    }
}
