package org.hearthnet.genesis.arithmetic;

/** One row of the embedding table as fp32 values (specification section 8). */
public final class EmbeddingRow {
    private EmbeddingRow() {}

    /**
     * The values of a row: as stored, or {@code (float) w * s}, which is exact, or {@code fma((float) w, s, -m)} for
     * formats with minimums.
     *
     * @param row bytes as in GGUF
     * @param out receives the values from {@code offset} on
     * @throws PoisonException if a value is not sound
     */
    public static void read(WeightFormat format, byte[] row, float[] out, int offset) {
        if (format.isQuantized()) {
            blocks(format, row, out, offset);
            return;
        }
        for (int i = 0; i < row.length / format.blockBytes(); i++) {
            out[offset + i] = Poison.check(MatrixRow.weight(format, row, i), "embedding");
        }
    }

    private static void blocks(WeightFormat format, byte[] row, float[] out, int offset) {
        WeightBlock block = new WeightBlock();
        int count = row.length / format.blockBytes() * (format.blockElements() / Arithmetic.BLOCK);
        for (int b = 0; b < count; b++) {
            block.load(format, row, b);
            for (int i = 0; i < Arithmetic.BLOCK; i++) {
                float w = (float) block.integers()[i];
                out[offset + b * Arithmetic.BLOCK + i] =
                        format.hasMinimum() ? Math.fma(w, block.scale(), -block.minimum()) : w * block.scale();
            }
        }
    }
}
