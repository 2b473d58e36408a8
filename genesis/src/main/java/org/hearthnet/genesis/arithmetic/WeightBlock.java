package org.hearthnet.genesis.arithmetic;

/**
 * Thirty-two weights of a quantised row in the one form that all quantised formats share (specification section 7):
 * integers {@code w}, a scale {@code s} and a minimum {@code m}, so that a weight is {@code w * s - m}. Scale and
 * minimum are exact in fp32, and the dot of the integers with 32 int8 activations lies below 2^24 for every format, so
 * int32, fp32 {@code fma} and tensor cores all give it exactly.
 *
 * <table>
 * <caption>Blocks of the formats</caption>
 * <tr><th>format</th><th>w</th><th>s</th><th>m</th></tr>
 * <tr><td>Q8_0</td><td>q, -128..127</td><td>d</td><td>none</td></tr>
 * <tr><td>Q4_0</td><td>q - 8, -8..7</td><td>d</td><td>none</td></tr>
 * <tr><td>Q4_K</td><td>q, 0..15</td><td>d * scale</td><td>dmin * minimum</td></tr>
 * <tr><td>Q5_K</td><td>q, 0..31</td><td>d * scale</td><td>dmin * minimum</td></tr>
 * <tr><td>Q6_K</td><td>(q - 32) * scale of its 16, -4096..4096</td><td>d</td><td>none</td></tr>
 * </table>
 */
public final class WeightBlock {
    private final int[] integers = new int[Arithmetic.BLOCK];
    private float scale;
    private float minimum;

    /** The integers of the block loaded last; the array is reused. */
    @SuppressWarnings("EI_EXPOSE_REP")
    public int[] integers() {
        return integers;
    }

    /** Its scale. */
    public float scale() {
        return scale;
    }

    /** Its minimum, +0 for formats without one. */
    public float minimum() {
        return minimum;
    }

    /**
     * Reads 32 weights.
     *
     * @param row bytes as in GGUF
     * @param b number of the block of 32 in the row
     * @throws PoisonException if a scale is infinite or NaN
     * @throws IllegalArgumentException if the format is not quantised
     */
    public void load(WeightFormat format, byte[] row, int b) {
        int perBlock = format.blockElements() / Arithmetic.BLOCK;
        minimum = 0f;
        switch (format) {
            case Q8_0 -> q8(row, b * format.blockBytes());
            case Q4_0 -> q4(row, b * format.blockBytes());
            case Q4_K -> q4k(row, b / perBlock * format.blockBytes(), b % perBlock);
            case Q5_K -> q5k(row, b / perBlock * format.blockBytes(), b % perBlock);
            case Q6_K -> q6k(row, b / perBlock * format.blockBytes(), b % perBlock);
            case F32, F16, BF16 -> throw new IllegalArgumentException(format + " has no blocks");
        }
    }

    private void q8(byte[] row, int at) {
        scale = finite(row, at);
        for (int i = 0; i < Arithmetic.BLOCK; i++) {
            integers[i] = row[at + 2 + i];
        }
    }

    private void q4(byte[] row, int at) {
        scale = finite(row, at);
        for (int i = 0; i < 16; i++) {
            integers[i] = (row[at + 2 + i] & 15) - 8;
            integers[i + 16] = (row[at + 2 + i] >> 4 & 15) - 8;
        }
    }

    /** d, dmin, 12 bytes of scales, 128 bytes of 4-bit numbers: two sub-blocks share 32 bytes. */
    private void q4k(byte[] row, int at, int sub) {
        scales(row, at, sub);
        int from = at + 16 + sub / 2 * 32;
        for (int i = 0; i < Arithmetic.BLOCK; i++) {
            integers[i] = row[from + i] >> 4 * (sub % 2) & 15;
        }
    }

    /** As {@link #q4k} with 32 bytes of fifth bits, bit {@code sub} of byte i, before the numbers. */
    private void q5k(byte[] row, int at, int sub) {
        scales(row, at, sub);
        int from = at + 48 + sub / 2 * 32;
        for (int i = 0; i < Arithmetic.BLOCK; i++) {
            int high = row[at + 16 + i] >> sub & 1;
            integers[i] = row[from + i] >> 4 * (sub % 2) & 15 | high << 4;
        }
    }

    private void scales(byte[] row, int at, int sub) {
        int s = at + 4;
        int low = row[s + sub] & 0xFF;
        int scaleBits;
        int minimumBits;
        if (sub < 4) {
            scaleBits = low & 63;
            minimumBits = row[s + sub + 4] & 63;
        } else {
            int both = row[s + sub + 4] & 0xFF;
            scaleBits = both & 15 | (row[s + sub - 4] & 0xFF) >> 6 << 4;
            minimumBits = both >> 4 | low >> 6 << 4;
        }
        scale = finite(row, at) * (float) scaleBits;
        minimum = finite(row, at + 2) * (float) minimumBits;
    }

    /** 128 bytes of low 4 bits, 64 of high 2 bits, 16 int8 scales, d. */
    private void q6k(byte[] row, int at, int sub) {
        scale = finite(row, at + 208);
        int half = sub / 4;
        int quarter = sub % 4;
        int low = at + half * 64 + quarter % 2 * 32;
        int high = at + 128 + half * 32;
        int scales = at + 192 + half * 8 + quarter * 2;
        for (int i = 0; i < Arithmetic.BLOCK; i++) {
            int q = row[low + i] >> quarter / 2 * 4 & 15 | (row[high + i] >> 2 * quarter & 3) << 4;
            integers[i] = (q - 32) * row[scales + i / 16];
        }
    }

    private static float finite(byte[] row, int at) {
        short bits = Half.at(row, at);
        if (!Half.isFinite(bits)) {
            throw new PoisonException("the scale of a block of weights is not finite");
        }
        return Half.toFloat(bits);
    }
}
