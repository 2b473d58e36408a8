package org.hearthnet.genesis.arithmetic;

/**
 * Activations as int8 in blocks of {@value Arithmetic#BLOCK} with one fp32 scale (specification section 6): {@code d =
 * amax / 127}; if {@code d} is below the smallest normal number the block is zero ({@code d = 0}); else {@code q =
 * rint(x * (1 / d))}, ties to even, clamped to -127..127.
 */
public final class BlockQuantizer {
    private BlockQuantizer() {}

    /**
     * Quantises one block.
     *
     * @param x values, block at {@code offset}
     * @param quants receives 32 int8 from {@code quantOffset}
     * @return the scale {@code d}
     * @throws PoisonException if a value is not admitted
     */
    public static float quantize(float[] x, int offset, byte[] quants, int quantOffset) {
        float amax = 0f;
        for (int i = 0; i < Arithmetic.BLOCK; i++) {
            amax = Math.max(amax, Math.abs(Poison.check(x[offset + i], "activation")));
        }
        float scale = amax / 127f;
        if (scale < Float.MIN_NORMAL) {
            java.util.Arrays.fill(quants, quantOffset, quantOffset + Arithmetic.BLOCK, (byte) 0);
            return 0f;
        }
        float inverse = 1f / scale;
        for (int i = 0; i < Arithmetic.BLOCK; i++) {
            float rounded = (float) Math.rint(x[offset + i] * inverse);
            quants[quantOffset + i] = (byte) Math.max(-127f, Math.min(127f, rounded));
        }
        return scale;
    }
}
