package org.hearthnet.genesis.rules;

import java.math.BigInteger;
import org.hearthnet.genesis.primitive.Amount;

/**
 * The fee that every transaction of a block pays, after the idea of EIP-1559: it rises while blocks are more than half full and
 * falls while they are emptier, by an eighth a block at most. All of it is burned, so a proposer gains nothing by filling
 * blocks with its own.
 */
public final class BaseFee {
    /** A block that has no room left, in millionths. */
    public static final long FULL = 1_000_000;

    /** The fullness at which the fee stays as it is, in millionths. */
    public static final long TARGET = FULL / 2;

    /** The fee never passes this, so that no sum with it can overflow: a million credits. */
    public static final Amount MOST = Amount.credits(1_000_000);

    private static final long LARGEST_STEP = 8;

    private BaseFee() {}

    /**
     * The fee of the next block.
     *
     * @param current the fee of this one
     * @param fullness how full this one was, 0 to {@link #FULL}
     * @param minimum the least fee, from genesis
     * @return {@code current} changed by {@code current * |fullness - TARGET| / TARGET / 8}, rounded up, kept between
     *     {@code minimum} and {@link #MOST}. Rounding up lets small fees move at all.
     */
    public static Amount next(Amount current, long fullness, Amount minimum) {
        if (fullness < 0 || fullness > FULL) {
            throw new IllegalArgumentException("a block is 0 to " + FULL + " full, not " + fullness);
        }
        long step = step(current.sparks(), Math.abs(fullness - TARGET));
        long next = fullness >= TARGET ? upTo(current.sparks(), step) : current.sparks() - step;
        return Amount.of(Math.max(next, minimum.sparks()));
    }

    private static long upTo(long current, long step) {
        // A genesis minimum above the ceiling stays what it is.
        return current >= MOST.sparks() ? current : Math.min(current + step, MOST.sparks());
    }

    private static long step(long current, long distance) {
        BigInteger divisor = BigInteger.valueOf(TARGET * LARGEST_STEP);
        return BigInteger.valueOf(current)
                .multiply(BigInteger.valueOf(distance))
                .add(divisor.subtract(BigInteger.ONE))
                .divide(divisor)
                .longValueExact();
    }
}
