package org.hearthnet.genesis.arithmetic;

import java.util.List;

/**
 * How positions become angles: the angle of pair i is {@code position * (base^(-2i / dimensions) / factor_i / scale)}
 * (specification section 10). Base, scale and factors are at least 1, so no frequency exceeds 1.
 *
 * @param layout which elements are pairs
 * @param dimensions rotated elements of each head, even
 * @param base base of the frequencies
 * @param scale divisor of all frequencies, 1 without linear scaling
 * @param factors divisor of each pair's frequency, or empty for none; the tensor {@code rope_freqs.weight} of Llama 3.1
 */
public record RopeParameters(RopeLayout layout, int dimensions, float base, float scale, List<Float> factors) {
    /** Most rotated elements of a head. */
    public static final int MAX_DIMENSIONS = 4096;

    /** Checks the ranges. */
    public RopeParameters {
        if (dimensions < 2 || dimensions % 2 != 0 || dimensions > MAX_DIMENSIONS) {
            throw new IllegalArgumentException("cannot rotate " + dimensions + " dimensions");
        }
        if (!admits(base) || !admits(scale)) {
            throw new IllegalArgumentException("rotary base and scale must be at least 1: " + base + ", " + scale);
        }
        if (!factors.isEmpty() && factors.size() != dimensions / 2) {
            throw new IllegalArgumentException(factors.size() + " rotary factors for " + dimensions / 2 + " pairs");
        }
        if (!factors.stream().allMatch(RopeParameters::admits)) {
            throw new IllegalArgumentException("rotary factors must be at least 1");
        }
        factors = List.copyOf(factors);
    }

    private static boolean admits(float divisor) {
        return divisor >= 1f && divisor < Arithmetic.MAGNITUDE_LIMIT;
    }

    /** Plain rotation without scaling. */
    public static RopeParameters plain(RopeLayout layout, int dimensions, float base) {
        return new RopeParameters(layout, dimensions, base, 1f, List.of());
    }

    /** The angle of pair {@code i} at {@code position}, in binary64: power, division, division, product. */
    double angle(int position, int i) {
        double frequency = StrictMath.pow(base, -2.0 * i / dimensions);
        double factor = factors.isEmpty() ? 1.0 : factors.get(i);
        return position * (frequency / factor / scale);
    }
}
