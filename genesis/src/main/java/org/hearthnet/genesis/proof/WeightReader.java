package org.hearthnet.genesis.proof;

import org.hearthnet.genesis.arithmetic.EmbeddingRow;
import org.hearthnet.genesis.arithmetic.MatrixRow;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.genesis.crypto.MerkleTree;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.genesis.spec.ModelManifest.Tensor;

/**
 * A row of weights that was proved to be the manifest's.
 *
 * @param format how the tensor is stored
 * @param bytes as in GGUF; as many as the type and the tensor's columns ask for
 */
record WeightReader(WeightFormat format, byte[] bytes) {
    /** Checks the row of {@code operation} in {@code layer} against the manifest. */
    static WeightReader open(
            ModelManifest manifest, OperationKind operation, int layer, int row, int columns, WeightOpening opening)
            throws RefusalException {
        return open(manifest, TensorNames.of(manifest, operation, layer), row, columns, opening);
    }

    /** Checks row {@code row} of the tensor {@code name} against the manifest. */
    static WeightReader open(ModelManifest manifest, String name, int row, int columns, WeightOpening opening)
            throws RefusalException {
        Tensor tensor = manifest.tensor(name).orElse(null);
        if (tensor == null) {
            throw new RefusalException("the manifest has no tensor " + name);
        }
        WeightFormat format = WeightFormat.named(tensor.type())
                .orElseThrow(() -> new RefusalException("the arithmetic has no weights of type " + tensor.type()));
        byte[] bytes = opening.row().unsafeArray();
        RefusalException.unless(
                tensor.columns() == columns && format.fits(columns) && bytes.length == format.rowBytes(columns),
                "not the size of a row of " + name);
        RefusalException.unless(
                MerkleTree.verify(tensor.root(), tensor.rows(), row, Commitments.weightRow(row, bytes), opening.path()),
                "not row " + row + " of " + name);
        return new WeightReader(format, bytes);
    }

    /** The row applied to {@code x} [columns]. */
    float project(float[] x) {
        return MatrixRow.apply(format, x, bytes);
    }

    /** The row as an embedding [columns]. */
    float[] embedding(int columns) {
        float[] out = new float[columns];
        EmbeddingRow.read(format, bytes, out, 0);
        return out;
    }

    /** Element {@code index} of a norm's weights or a bias, which are stored as F32. */
    float element(int index) throws RefusalException {
        RefusalException.unless(format == WeightFormat.F32, "norms and biases are stored as F32, not " + format);
        return MatrixRow.floatAt(bytes, index * Float.BYTES);
    }
}
