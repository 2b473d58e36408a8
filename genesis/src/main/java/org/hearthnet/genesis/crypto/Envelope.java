package org.hearthnet.genesis.crypto;

import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * A signed value of some {@link Kind} on its way between members. Nothing inside is to be used before {@link #open}.
 *
 * @param signer who signed
 * @param payload the canonical encoding of the value
 * @param signature over network, domain and payload
 */
public record Envelope(
        NodeId signer, @Limit(Envelope.MAX_PAYLOAD) Bytes payload, Signature signature) {
    /** Largest payload in bytes. */
    public static final int MAX_PAYLOAD = 1 << 16;

    /** Signs and wraps {@code value}. */
    public static <T> Envelope seal(KeyPair key, Hash32 network, Kind<T> kind, T value) {
        return new Envelope(key.id(), Bytes.owned(kind.codec().encode(value)), kind.sign(key, network, value));
    }

    /**
     * Checks the signature and decodes the value.
     *
     * @throws CodecException if the signature is not the signer's on this network and in this domain, or the payload is
     *     not canonical
     */
    public <T> T open(Hash32 network, Kind<T> kind) {
        byte[] digest = Hashing.in(kind.domain())
                .add(network)
                .add(payload.unsafeArray())
                .finish()
                .toArray();
        if (!Signing.verify(digest, signer, signature)) {
            throw new CodecException(
                    kind.domain() + ": the signature is not " + signer.shortHex() + "'s on this network");
        }
        return kind.codec().decode(payload.unsafeArray());
    }
}
