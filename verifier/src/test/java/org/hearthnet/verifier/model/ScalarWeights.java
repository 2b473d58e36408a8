package org.hearthnet.verifier.model;

import org.hearthnet.genesis.arithmetic.EmbeddingRow;
import org.hearthnet.genesis.arithmetic.MatrixRow;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.proof.TensorNames;
import org.hearthnet.inference.gguf.GgufTensor;

/** Weights read row by row from the file, for the scalar definitions. */
record ScalarWeights(Model model) {
    private GgufTensor tensor(OperationKind operation, int layer) {
        return model.file.find(TensorNames.of(model.manifest, operation, layer)).orElseThrow();
    }

    float[] project(OperationKind operation, int layer, float[] x) {
        GgufTensor tensor = tensor(operation, layer);
        float[] out = new float[tensor.rows()];
        for (int i = 0; i < out.length; i++) {
            byte[] row = tensor.rowBytes(i);
            out[i] = MatrixRow.apply(tensor.type(), x, row);
        }
        return out;
    }

    /** What is added to a projection; empty if the model has nothing to add. */
    float[] bias(OperationKind operation, int layer) {
        return TensorNames.bias(model.manifest, operation, layer)
                .map(name -> model.file.find(name).orElseThrow().floats())
                .orElse(new float[0]);
    }

    float[] norm(OperationKind operation, int layer) {
        return tensor(operation, layer).floats();
    }

    float[] embedding(int token) {
        float[] out = new float[model.manifest.shape().hidden()];
        GgufTensor tensor = tensor(OperationKind.EMBED, 0);
        byte[] row = tensor.rowBytes(token);
        EmbeddingRow.read(tensor.type(), row, out, 0);
        return out;
    }
}
