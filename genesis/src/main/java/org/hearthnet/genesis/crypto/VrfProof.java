package org.hearthnet.genesis.crypto;

import java.util.Optional;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * A proof of the VRF (RFC 9381, section 5.1, pi_string): the compressed point Gamma, the challenge c of 16 bytes and the
 * response s of 32, both big-endian.
 *
 * @param bytes 81 bytes
 */
public record VrfProof(@Limit(VrfProof.BYTES) Bytes bytes) {
    /** Length in bytes. */
    public static final int BYTES = 81;

    /**
     * Checks the length.
     *
     * @throws IllegalArgumentException if there are not 81 bytes
     */
    public VrfProof {
        if (bytes.length() != BYTES) {
            throw new IllegalArgumentException("a VRF proof has 81 bytes, got " + bytes.length());
        }
    }

    /**
     * RFC 9381, section 5.2 (ECVRF_proof_to_hash): the output that belongs to this proof; nothing if it cannot be decoded. Means
     * nothing before {@link VrfPublicKey#verify} accepted the proof.
     */
    public Optional<Hash32> output() {
        return Ecvrf.decode(this).map(decoded -> Ecvrf.output(decoded.gamma()));
    }
}
