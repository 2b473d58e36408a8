package org.hearthnet.genesis.crypto;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * The algorithms of ECVRF-P256-SHA256-TAI (RFC 9381, section 5, with the parameters of 5.5). Points are added and multiplied by
 * BouncyCastle's own field arithmetic for this curve.
 *
 * <p><b>Time and secrets.</b> A point is multiplied by a secret (the key x, the nonce k) with BouncyCastle's fixed-point comb:
 * its number of steps depends on the curve alone, and each step reads the whole table and picks with a mask, so neither
 * branches nor memory addresses follow the scalar. What remains are {@code s = k + c * x mod order} and the nonce's own
 * derivation (RFC 6979), on {@link BigInteger}s whose time can depend on their values a little, as in BouncyCastle's ECDSA. Whoever
 * verifies handles no secrets, and there the faster methods with varying time are used.
 */
final class Ecvrf {
    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("P-256");

    /** The base point B. */
    static final ECPoint BASE = CURVE.getG();

    /** The order of the group, q in the RFC. The cofactor is 1. */
    static final BigInteger ORDER = CURVE.getN();

    private static final byte SUITE = 0x01;
    private static final int CHALLENGE_BYTES = 16;
    private static final int SCALAR_BYTES = 32;

    private Ecvrf() {}

    /** What a proof consists of (section 5.4.4). */
    record Decoded(ECPoint gamma, BigInteger c, BigInteger s) {}

    /** Section 5.1, steps 2 to 8. */
    static VrfProof prove(BigInteger x, VrfPublicKey key, byte[] alpha) {
        ECPoint h = encodeToCurve(key, alpha)
                .orElseThrow(() -> new IllegalStateException("none of 256 hashes is a point: odds of 1 to 2^256"));
        byte[] hString = bytes(h);
        ECPoint gamma = secretTimes(h, x);
        BigInteger k = nonce(x, hString);
        byte[] c = challenge(key.bytes().unsafeArray(), hString, gamma, secretTimes(BASE, k), secretTimes(h, k));
        BigInteger s = k.add(new BigInteger(1, c).multiply(x)).mod(ORDER);
        byte[] out = new byte[VrfProof.BYTES];
        System.arraycopy(bytes(gamma), 0, out, 0, VrfPublicKey.BYTES);
        System.arraycopy(c, 0, out, VrfPublicKey.BYTES, CHALLENGE_BYTES);
        BigIntegers.asUnsignedByteArray(s, out, VrfPublicKey.BYTES + CHALLENGE_BYTES, SCALAR_BYTES);
        return new VrfProof(Bytes.owned(out));
    }

    /** Section 5.3, with validation of the key. */
    static Optional<Hash32> verify(VrfPublicKey key, byte[] alpha, VrfProof proof) {
        Optional<ECPoint> y = point(key.bytes().unsafeArray());
        Optional<Decoded> decoded = decode(proof);
        Optional<ECPoint> h = encodeToCurve(key, alpha);
        if (y.isEmpty() || decoded.isEmpty() || h.isEmpty()) {
            return Optional.empty();
        }
        Decoded d = decoded.get();
        ECPoint u = ECAlgorithms.sumOfTwoMultiplies(BASE, d.s, y.get().negate(), d.c);
        ECPoint v = ECAlgorithms.sumOfTwoMultiplies(h.get(), d.s, d.gamma.negate(), d.c);
        byte[] c = challenge(key.bytes().unsafeArray(), bytes(h.get()), d.gamma, u, v);
        return new BigInteger(1, c).equals(d.c) ? Optional.of(output(d.gamma)) : Optional.empty();
    }

    /** Section 5.4.1.1 (try and increment), the salt being the key: nothing if all 256 counters fail. */
    static Optional<ECPoint> encodeToCurve(VrfPublicKey key, byte[] alpha) {
        byte[] candidate = new byte[VrfPublicKey.BYTES];
        candidate[0] = 2; // interpret_hash_value_as_a_point: the y that is even
        for (int counter = 0; counter < 256; counter++) {
            MessageDigest digest = start((byte) 1);
            digest.update(key.bytes().unsafeArray());
            digest.update(alpha);
            digest.update((byte) counter);
            System.arraycopy(end(digest), 0, candidate, 1, candidate.length - 1);
            Optional<ECPoint> found = point(candidate);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Section 5.4.2.1: the nonce of RFC 6979, section 3.2, with SHA-256 for the message H. */
    static BigInteger nonce(BigInteger x, byte[] hString) {
        HMacDSAKCalculator generator = new HMacDSAKCalculator(new SHA256Digest());
        generator.init(ORDER, x, Hashing.sha256().digest(hString));
        return generator.nextK();
    }

    /** Section 5.4.3: 16 bytes from the five points. */
    private static byte[] challenge(byte[] y, byte[] h, ECPoint gamma, ECPoint u, ECPoint v) {
        MessageDigest digest = start((byte) 2);
        digest.update(y);
        digest.update(h);
        digest.update(bytes(gamma));
        digest.update(bytes(u));
        digest.update(bytes(v));
        return Arrays.copyOf(end(digest), CHALLENGE_BYTES);
    }

    /** Section 5.4.4: nothing if Gamma is no point or s is not reduced. */
    static Optional<Decoded> decode(VrfProof proof) {
        byte[] all = proof.bytes().unsafeArray();
        int sAt = VrfPublicKey.BYTES + CHALLENGE_BYTES;
        BigInteger s = new BigInteger(1, all, sAt, SCALAR_BYTES);
        if (s.compareTo(ORDER) >= 0) {
            return Optional.empty();
        }
        BigInteger c = new BigInteger(1, all, VrfPublicKey.BYTES, CHALLENGE_BYTES);
        return point(Arrays.copyOf(all, VrfPublicKey.BYTES)).map(gamma -> new Decoded(gamma, c, s));
    }

    /** Section 5.2, from Gamma on. */
    static Hash32 output(ECPoint gamma) {
        MessageDigest digest = start((byte) 3);
        digest.update(bytes(gamma)); // the cofactor is 1
        return Hash32.of(end(digest));
    }

    /** SEC 1, section 2.3.4: the point with this compressed encoding of 33 bytes; nothing if there is none. */
    static Optional<ECPoint> point(byte[] compressed) {
        if (compressed.length != VrfPublicKey.BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(CURVE.getCurve().decodePoint(compressed));
        } catch (IllegalArgumentException notOnTheCurve) {
            return Optional.empty();
        }
    }

    /** SEC 1, section 2.3.3, compressed; infinity, which only a forger's U or V can be, is one zero byte. */
    static byte[] bytes(ECPoint point) {
        return point.getEncoded(true);
    }

    /** A point times a secret number, see the class comment. */
    static ECPoint secretTimes(ECPoint point, BigInteger secret) {
        return new FixedPointCombMultiplier().multiply(point, secret).normalize();
    }

    private static MessageDigest start(byte domainSeparatorFront) {
        MessageDigest digest = Hashing.sha256();
        digest.update(SUITE);
        digest.update(domainSeparatorFront);
        return digest;
    }

    private static byte[] end(MessageDigest digest) {
        digest.update((byte) 0); // domain_separator_back
        return digest.digest();
    }
}
