package org.hearthnet.genesis.arithmetic;

/**
 * One row of a weight matrix applied to an activation vector: the unit of a dispute about a projection (specification
 * section 7). Row bytes are exactly those of the GGUF file.
 */
public final class MatrixRow {
    /** Bytes of a Q8_0 block: an fp16 scale and 32 int8. */
    public static final int Q8_BLOCK_BYTES = 34;

    private MatrixRow() {}

    /**
     * Q8_0 row times vector: {@code acc = fma((float) dot_b, dw_b * dx_b, acc)} over blocks in order, from +0.
     *
     * @param x [columns], a multiple of 32
     * @param row columns / 32 * 34 bytes
     */
    public static float q8(float[] x, byte[] row) {
        requireLength(x.length % Arithmetic.BLOCK == 0 && row.length == x.length / Arithmetic.BLOCK * Q8_BLOCK_BYTES);
        byte[] quants = new byte[Arithmetic.BLOCK];
        float acc = 0f;
        for (int b = 0; b < x.length / Arithmetic.BLOCK; b++) {
            float scale = BlockQuantizer.quantize(x, b * Arithmetic.BLOCK, quants, 0);
            acc = Math.fma((float) blockDot(quants, 0, row, b), q8Scale(row, b) * scale, acc);
        }
        return Poison.check(acc, "matrix row");
    }

    /** The same for a vector that is already quantised: {@code quants} [columns], {@code scales} [columns / 32]. */
    public static float q8(byte[] quants, float[] scales, byte[] row) {
        requireLength(
                quants.length == scales.length * Arithmetic.BLOCK && row.length == scales.length * Q8_BLOCK_BYTES);
        float acc = 0f;
        for (int b = 0; b < scales.length; b++) {
            int dot = blockDot(quants, b * Arithmetic.BLOCK, row, b);
            acc = Math.fma((float) dot, q8Scale(row, b) * scales[b], acc);
        }
        return Poison.check(acc, "matrix row");
    }

    /** F16 row times vector: sequential {@code fma} from +0; {@code row} has two bytes a column. */
    public static float f16(float[] x, byte[] row) {
        requireLength(row.length == x.length * 2);
        float acc = 0f;
        for (int i = 0; i < x.length; i++) {
            acc = Math.fma(Half.toFloat(Half.at(row, i * 2)), x[i], acc);
        }
        return Poison.check(acc, "matrix row");
    }

    /** F32 row times vector: sequential {@code fma} from +0; {@code row} has four little-endian bytes a column. */
    public static float f32(float[] x, byte[] row) {
        requireLength(row.length == x.length * 4);
        float acc = 0f;
        for (int i = 0; i < x.length; i++) {
            acc = Math.fma(floatAt(row, i * 4), x[i], acc);
        }
        return Poison.check(acc, "matrix row");
    }

    /** The fp32 with little-endian bytes at {@code offset}. */
    public static float floatAt(byte[] bytes, int offset) {
        return Float.intBitsToFloat((bytes[offset] & 0xFF)
                | (bytes[offset + 1] & 0xFF) << 8
                | (bytes[offset + 2] & 0xFF) << 16
                | bytes[offset + 3] << 24);
    }

    /**
     * The scale of block {@code b} of a Q8_0 row.
     *
     * @throws PoisonException if it is infinite or NaN
     */
    static float q8Scale(byte[] row, int b) {
        short bits = Half.at(row, b * Q8_BLOCK_BYTES);
        if (!Half.isFinite(bits)) {
            throw new PoisonException("the scale of weight block " + b + " is not finite");
        }
        return Half.toFloat(bits);
    }

    private static int blockDot(byte[] quants, int offset, byte[] row, int b) {
        int base = b * Q8_BLOCK_BYTES + 2;
        int dot = 0;
        for (int i = 0; i < Arithmetic.BLOCK; i++) {
            dot += quants[offset + i] * row[base + i];
        }
        return dot;
    }

    private static void requireLength(boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException("the row does not fit the vector");
        }
    }
}
