package org.hearthnet.genesis.crypto;

import java.util.Optional;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * A public key of the VRF: a compressed point of P-256 (SEC 1, section 2.3.3). That the bytes have the right form is checked
 * here; whether they are a point, by {@link #isValid}.
 *
 * @param bytes 33 bytes: 2 or 3 for the parity of y, then x, big-endian
 */
public record VrfPublicKey(@Limit(VrfPublicKey.BYTES) Bytes bytes) {
    /** Length in bytes. */
    public static final int BYTES = 33;

    /**
     * Checks length and first byte.
     *
     * @throws IllegalArgumentException for anything that cannot be a compressed point
     */
    public VrfPublicKey {
        if (bytes.length() != BYTES || (bytes.get(0) & 0xFE) != 2) {
            throw new IllegalArgumentException("a VRF key is a compressed point of 33 bytes, got " + bytes);
        }
    }

    /**
     * RFC 9381, section 5.4.5 (ECVRF_validate_key): whether this is a point of the curve. P-256 has cofactor 1, and the point
     * at infinity has no encoding of 33 bytes, so nothing else can be wrong with it.
     */
    public boolean isValid() {
        return Ecvrf.point(bytes.unsafeArray()).isPresent();
    }

    /**
     * RFC 9381, section 5.3 (ECVRF_verify with validate_key = TRUE): the output that {@code proof} shows for {@code alpha}, or
     * nothing if the key is no point or the proof is not this key's for this input.
     *
     * @param alpha the input, at most {@value VrfKey#MAX_ALPHA_BYTES} bytes
     * @throws IllegalArgumentException if {@code alpha} is longer
     */
    public Optional<Hash32> verify(byte[] alpha, VrfProof proof) {
        return Ecvrf.verify(this, VrfKey.checkAlpha(alpha), proof);
    }
}
