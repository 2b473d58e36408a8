package org.hearthnet.inference.exec;

import org.hearthnet.genesis.arithmetic.EmbeddingRow;
import org.hearthnet.inference.gguf.GgufTensor;
import org.jspecify.annotations.Nullable;

/** Looks up embedding rows in the mapped file: a few rows a step are not worth a copy of the table. */
final class Embedding {
    private Embedding() {}

    static void read(@Nullable GgufTensor table, int token, float[] out, int offset) {
        if (table == null) {
            throw new IllegalStateException("this stage has no embedding table");
        }
        byte[] row = table.rowBytes(token);
        EmbeddingRow.read(table.type(), row, out, offset);
    }
}
