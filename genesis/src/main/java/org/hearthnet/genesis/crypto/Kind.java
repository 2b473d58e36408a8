package org.hearthnet.genesis.crypto;

import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * A kind of statement: its canonical encoding and the domain under which it is hashed and signed, so that bytes of one
 * kind never pass for another.
 *
 * @param domain the name under which values are hashed and signed, such as {@code hearth/voucher/1}
 * @param codec the encoding
 * @param <T> the type of values
 */
public record Kind<T>(String domain, Codec<T> codec) {
    /** The kind of {@code type} under {@code domain}. */
    public static <T> Kind<T> of(String domain, Class<T> type) {
        return new Kind<>(domain, Codec.of(type));
    }

    /** The hash that names {@code value}. */
    public Hash32 hash(T value) {
        return Hashing.of(domain, codec, value);
    }

    /** {@code key}'s signature over {@code value}, good on {@code network} only. */
    public Signature sign(KeyPair key, Hash32 network, T value) {
        return key.sign(network, domain, codec, value);
    }

    /** Whether {@code signature} is {@code signer}'s over {@code value} on {@code network}. */
    public boolean verify(Hash32 network, T value, NodeId signer, Signature signature) {
        return Signing.verify(network, domain, codec, value, signer, signature);
    }
}
