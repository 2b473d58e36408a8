package org.hearthnet.inference.exec;

import org.hearthnet.genesis.arithmetic.EmbeddingRow;
import org.hearthnet.inference.gguf.GgufTensor;

/**
 * Looks up embedding rows in the mapped file: a few rows a step are not worth a copy of the table. For one thread.
 *
 * <p>Every row brings some pages of the file into the process, and in the end all of the table would be there; so they are
 * let go from time to time. They stay in the system's page cache as long as it likes.
 */
final class Embedding {
    /** Rows between two times; each brings 64 KiB or so. */
    private static final int ROWS = 64;

    private final GgufTensor table;
    private int read;

    Embedding(GgufTensor table) {
        this.table = table;
    }

    /** The row of {@code token} as floats. */
    void read(int token, float[] out, int offset) {
        byte[] row = table.rowBytes(token);
        EmbeddingRow.read(table.type(), row, out, offset);
        if (++read == ROWS) {
            read = 0;
            table.release();
        }
    }
}
