package org.hearthnet.genesis.rules;

import java.math.BigInteger;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * Each verifier draws for itself: it has to check a receipt if the output of its VRF (RFC 9381) on {@link #alpha} lies under a
 * threshold. Nobody else can know before it says so. The threshold falls with how many others could be drawn, so that the
 * receipt is checked at least as often as its audit rate says, and by few.
 */
public final class PrivateDraw {
    private static final String DOMAIN = "hearth/private-draw/1";
    private static final BigInteger SPACE = BigInteger.ONE.shiftLeft(Long.SIZE);
    private static final long FULL = AuditRate.FULL;

    private PrivateDraw() {}

    /** The input of the verifier's VRF for one receipt. */
    public static byte[] alpha(Hash32 beacon, Hash32 batch, int index) {
        return Hashing.in(DOMAIN).add(beacon).add(batch).add(index).finish().toArray();
    }

    /**
     * Whether a draw at {@code rate} can be private: at 100 % somebody must be drawn for certain, which independent draws
     * never make so.
     */
    public static boolean isPossible(int rate) {
        return rate > 0 && rate < AuditRate.FULL;
    }

    /**
     * Whether the verifier with this VRF output is drawn.
     *
     * <p>With r verifiers expected, nobody is drawn with probability {@code (1 - r w/W)^(W/w) <= e^-r}. So r must be at least {@code
     * -ln(1-q)}, and {@code q (2-q) / (2 (1-q))} is: the trapezoid over the integral of 1/(1-x), which is convex. At 5 % this is 5.13
     * instead of 5 %; a weight that would be over the threshold alone is always drawn.
     *
     * @param output of its VRF on {@link #alpha}
     * @param rate audit rate q, thousandths; not {@link AuditRate#FULL}
     * @param weight the verifier's
     * @param total of all who could be drawn
     */
    public static boolean isDrawn(Hash32 output, int rate, long weight, long total) {
        if (!isPossible(rate) || weight < 0 || total < 1 || weight > total) {
            throw new IllegalArgumentException("no private draw at " + rate + " with " + weight + " of " + total);
        }
        BigInteger uniform = new BigInteger(Long.toUnsignedString(output.a()));
        BigInteger expected = BigInteger.valueOf(rate * (2 * FULL - rate)).multiply(BigInteger.valueOf(weight));
        BigInteger divisor = BigInteger.valueOf(2 * FULL * (FULL - rate)).multiply(BigInteger.valueOf(total));
        return uniform.multiply(divisor).compareTo(expected.multiply(SPACE)) < 0;
    }
}
