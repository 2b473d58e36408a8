package org.hearthnet.genesis.arithmetic;

/** One row of the embedding table as fp32 values (specification section 8). */
public final class EmbeddingRow {
    private EmbeddingRow() {}

    /** Q8_0: {@code (float) q * d}, which is exact. */
    public static void q8(byte[] row, float[] out, int offset) {
        for (int b = 0; b < row.length / MatrixRow.Q8_BLOCK_BYTES; b++) {
            float scale = MatrixRow.q8Scale(row, b);
            int base = b * MatrixRow.Q8_BLOCK_BYTES + 2;
            for (int i = 0; i < Arithmetic.BLOCK; i++) {
                out[offset + b * Arithmetic.BLOCK + i] = (float) row[base + i] * scale;
            }
        }
    }

    /** F16: the exact values. */
    public static void f16(byte[] row, float[] out, int offset) {
        for (int i = 0; i < row.length / 2; i++) {
            out[offset + i] = Poison.check(Half.toFloat(Half.at(row, i * 2)), "embedding");
        }
    }

    /** F32: the values themselves. */
    public static void f32(byte[] row, float[] out, int offset) {
        for (int i = 0; i < row.length / 4; i++) {
            out[offset + i] = Poison.check(MatrixRow.floatAt(row, i * 4), "embedding");
        }
    }
}
