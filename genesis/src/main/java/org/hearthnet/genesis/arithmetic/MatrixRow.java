package org.hearthnet.genesis.arithmetic;

/**
 * One row of a weight matrix applied to an activation vector: the unit of a dispute about a projection (specification
 * section 7). Row bytes are exactly those of the GGUF file.
 */
public final class MatrixRow {
    private MatrixRow() {}

    /**
     * A row in any format.
     *
     * @param x [columns]
     * @param row {@link WeightFormat#rowBytes} of the columns
     * @throws PoisonException if an input or the result is not sound
     */
    public static float apply(WeightFormat format, float[] x, byte[] row) {
        requireLength(format.fits(x.length) && row.length == format.rowBytes(x.length));
        if (format.isQuantized()) {
            return quantized(format, QuantizedVector.of(x), row);
        }
        float acc = 0f;
        for (int i = 0; i < x.length; i++) {
            acc = Math.fma(weight(format, row, i), x[i], acc);
        }
        return Poison.check(acc, "matrix row");
    }

    /**
     * A quantised row: for each block of 32, in order from +0, {@code acc = fma((float) dot, s * dx, acc)} and then, if
     * the format has minimums, {@code acc = fma(-(float) sum, m * dx, acc)}; {@code dot} and {@code sum} are exact
     * integers, the products {@code s * dx} and {@code m * dx} round by themselves.
     */
    public static float quantized(WeightFormat format, QuantizedVector x, byte[] row) {
        requireLength(format.fits(x.length()) && row.length == format.rowBytes(x.length()));
        WeightBlock block = new WeightBlock();
        float acc = 0f;
        for (int b = 0; b < x.blocks(); b++) {
            block.load(format, row, b);
            acc = Math.fma((float) x.dot(b, block.integers()), block.scale() * x.scale(b), acc);
            if (format.hasMinimum()) {
                acc = Math.fma(-(float) x.sum(b), block.minimum() * x.scale(b), acc);
            }
        }
        return Poison.check(acc, "matrix row");
    }

    /** Weight {@code i} of a row that is not quantised. */
    static float weight(WeightFormat format, byte[] row, int i) {
        return switch (format) {
            case F32 -> floatAt(row, i * 4);
            case F16 -> Half.toFloat(Half.at(row, i * 2));
            case BF16 -> Float.intBitsToFloat(Half.at(row, i * 2) << 16);
            case Q8_0, Q4_0, Q4_K, Q5_K, Q6_K -> throw new IllegalArgumentException(format + " has blocks");
        };
    }

    /** The fp32 with little-endian bytes at {@code offset}. */
    public static float floatAt(byte[] bytes, int offset) {
        return Float.intBitsToFloat((bytes[offset] & 0xFF)
                | (bytes[offset + 1] & 0xFF) << 8
                | (bytes[offset + 2] & 0xFF) << 16
                | bytes[offset + 3] << 24);
    }

    private static void requireLength(boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException("the row does not fit the vector");
        }
    }
}
