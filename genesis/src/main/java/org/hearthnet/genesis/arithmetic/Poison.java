package org.hearthnet.genesis.arithmetic;

/** The check that every result passes (specification section 2). */
public final class Poison {
    private Poison() {}

    /** Whether {@code value} is admitted: not NaN and of a magnitude below {@link Arithmetic#MAGNITUDE_LIMIT}. */
    public static boolean isSound(float value) {
        return Math.abs(value) < Arithmetic.MAGNITUDE_LIMIT;
    }

    /**
     * Returns {@code value} if it is admitted.
     *
     * @throws PoisonException otherwise
     */
    public static float check(float value, String what) {
        if (!isSound(value)) {
            throw new PoisonException(what + " is " + value);
        }
        return value;
    }

    /**
     * Checks {@code length} values from {@code offset}.
     *
     * @throws PoisonException at the first that is not admitted
     */
    public static void checkAll(float[] values, int offset, int length, String what) {
        for (int i = offset; i < offset + length; i++) {
            if (!isSound(values[i])) {
                throw new PoisonException(what + "[" + (i - offset) + "] is " + values[i]);
            }
        }
    }
}
