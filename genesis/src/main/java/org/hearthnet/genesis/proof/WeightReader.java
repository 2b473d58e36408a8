package org.hearthnet.genesis.proof;

import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.genesis.arithmetic.EmbeddingRow;
import org.hearthnet.genesis.arithmetic.MatrixRow;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.crypto.MerkleTree;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.genesis.spec.ModelManifest.Tensor;

/**
 * A row of weights that was proved to be the manifest's.
 *
 * @param type as in GGUF
 * @param bytes as in GGUF; as many as the type and the tensor's columns ask for
 */
record WeightReader(String type, byte[] bytes) {
    /** Checks the row of {@code operation} in {@code layer} against the manifest. */
    static WeightReader open(
            ModelManifest manifest, OperationKind operation, int layer, int row, int columns, WeightOpening opening)
            throws RefusalException {
        String name = TensorNames.of(manifest, operation, layer);
        Tensor tensor = manifest.tensor(name).orElse(null);
        if (tensor == null) {
            throw new RefusalException("the manifest has no tensor " + name);
        }
        byte[] bytes = opening.row().unsafeArray();
        RefusalException.unless(
                tensor.columns() == columns && bytes.length == rowBytes(tensor.type(), columns),
                "not the size of a row of " + name);
        RefusalException.unless(
                MerkleTree.verify(tensor.root(), tensor.rows(), row, Commitments.weightRow(row, bytes), opening.path()),
                "not row " + row + " of " + name);
        return new WeightReader(tensor.type(), bytes);
    }

    private static long rowBytes(String type, int columns) throws RefusalException {
        return switch (type) {
            case "Q8_0" ->
                columns % Arithmetic.BLOCK == 0 ? (long) columns / Arithmetic.BLOCK * MatrixRow.Q8_BLOCK_BYTES : -1;
            case "F16" -> 2L * columns;
            case "F32" -> 4L * columns;
            default -> throw new RefusalException("the arithmetic has no weights of type " + type);
        };
    }

    /** The row applied to {@code x} [columns]. */
    float project(float[] x) {
        return switch (type) {
            case "Q8_0" -> MatrixRow.q8(x, bytes);
            case "F16" -> MatrixRow.f16(x, bytes);
            default -> MatrixRow.f32(x, bytes);
        };
    }

    /** The row as an embedding [columns]. */
    float[] embedding(int columns) {
        float[] out = new float[columns];
        switch (type) {
            case "Q8_0" -> EmbeddingRow.q8(bytes, out, 0);
            case "F16" -> EmbeddingRow.f16(bytes, out, 0);
            default -> EmbeddingRow.f32(bytes, out, 0);
        }
        return out;
    }

    /** Weight {@code index} of a norm, which is stored as F32. */
    float normWeight(int index) throws RefusalException {
        RefusalException.unless(type.equals("F32"), "norms are stored as F32, not " + type);
        return MatrixRow.floatAt(bytes, index * Float.BYTES);
    }
}
