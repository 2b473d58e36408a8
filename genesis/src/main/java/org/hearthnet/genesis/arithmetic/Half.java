package org.hearthnet.genesis.arithmetic;

/** IEEE 754 binary16 as used by the KV cache, F16 weights and the scales of Q8_0 (specification section 5). */
public final class Half {
    private Half() {}

    /** The exact value of sixteen bits; infinities and NaN come out as such. */
    public static float toFloat(short bits) {
        return Float.float16ToFloat(bits);
    }

    /**
     * Rounds to nearest even.
     *
     * @throws PoisonException if {@code value} is not admitted or does not fit (65,520 or more)
     */
    public static short round(float value, String what) {
        short bits = Float.floatToFloat16(Poison.check(value, what));
        if (!isFinite(bits)) {
            throw new PoisonException(what + " does not fit fp16: " + value);
        }
        return bits;
    }

    /** Whether the bits are neither infinity nor NaN. */
    public static boolean isFinite(short bits) {
        return (bits & 0x7C00) != 0x7C00;
    }

    /** The little-endian sixteen bits at {@code offset}. */
    public static short at(byte[] bytes, int offset) {
        return (short) ((bytes[offset] & 0xFF) | (bytes[offset + 1] << 8));
    }
}
