package org.hearthnet.genesis.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.hearthnet.genesis.primitive.Bytes;

/**
 * A secret key of the verifiable random function ECVRF-P256-SHA256-TAI (RFC 9381, section 5.5, suite 0x01). For one key and
 * input there is one output, which only the holder can compute and everybody can check. Its text form never shows the
 * secret.
 */
public final class VrfKey {
    /** Longest input in bytes; whoever needs more hashes first. */
    public static final int MAX_ALPHA_BYTES = 1024;

    private static final byte[] SALT = ascii("hearth/vrf-key/1");
    private static final byte[] INFO = ascii("ECVRF-P256-SHA256-TAI");

    /** 128 bits more than the order has, so that the remainder is uniform up to 2^-128 (FIPS 186-5, appendix A.2.1). */
    private static final int DERIVED_BYTES = 48;

    private final BigInteger scalar;
    private final VrfPublicKey publicKey;

    private VrfKey(BigInteger scalar) {
        this.scalar = scalar;
        ECPoint y = Ecvrf.secretTimes(Ecvrf.BASE, scalar);
        this.publicKey = new VrfPublicKey(Bytes.owned(Ecvrf.bytes(y)));
    }

    /**
     * The VRF key that belongs to a node's key, so that one key file holds both: HKDF-SHA256 (RFC 5869) over the seed, with salt
     * {@code hearth/vrf-key/1} and the name of the suite as info, 48 bytes, reduced to 1 … order - 1. Nobody can tell from one
     * public key that the other belongs to it, so an account has to register its VRF key.
     */
    public static VrfKey of(KeyPair node) {
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(node.seed(), SALT, INFO));
        byte[] derived = new byte[DERIVED_BYTES];
        hkdf.generateBytes(derived, 0, derived.length);
        BigInteger most = Ecvrf.ORDER.subtract(BigInteger.ONE);
        return new VrfKey(new BigInteger(1, derived).mod(most).add(BigInteger.ONE));
    }

    /**
     * The key with this secret scalar, 32 bytes, big-endian (RFC 9381, section 5.5: SK is x).
     *
     * @throws IllegalArgumentException unless it has 32 bytes and is between 1 and the order less 1
     */
    public static VrfKey fromScalar(byte[] scalar) {
        BigInteger x = new BigInteger(1, scalar);
        if (scalar.length != 32 || x.signum() == 0 || x.compareTo(Ecvrf.ORDER) >= 0) {
            throw new IllegalArgumentException("a secret of P-256 has 32 bytes and is between 1 and the order less 1");
        }
        return new VrfKey(x);
    }

    /** The public key. */
    public VrfPublicKey publicKey() {
        return publicKey;
    }

    /**
     * RFC 9381, section 5.1 (ECVRF_prove): the proof for {@code alpha}; the same every time.
     *
     * @param alpha the input, at most {@value #MAX_ALPHA_BYTES} bytes
     * @throws IllegalArgumentException if it is longer
     */
    public VrfProof prove(byte[] alpha) {
        return Ecvrf.prove(scalar, publicKey, checkAlpha(alpha));
    }

    static byte[] checkAlpha(byte[] alpha) {
        if (alpha.length > MAX_ALPHA_BYTES) {
            throw new IllegalArgumentException(
                    "a VRF input has at most " + MAX_ALPHA_BYTES + " bytes, got " + alpha.length);
        }
        return alpha;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "VrfKey[" + publicKey.bytes().toHex().substring(0, 10) + "]";
    }
}
