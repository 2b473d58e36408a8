package org.hearthnet.verifier.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.LayerLeaf;
import org.hearthnet.genesis.proof.OperationVectors;
import org.hearthnet.genesis.proof.VectorRoot;
import org.hearthnet.genesis.spec.ModelManifest.Shape;
import org.hearthnet.verifier.check.StageInputs;
import org.hearthnet.verifier.dispute.StageTrace;

/** What a {@link ScalarStage} shows in a dispute. */
public record ScalarTrace(Shape shape, ScalarStage stage, StageInputs inputs, int[] tokens) implements StageTrace {
    @Override
    public LayerLeaf leaf(int layer, int position) {
        return new LayerLeaf(
                root(OperationKind.RESIDUAL_OUT, layer, position),
                root(OperationKind.K_CACHE, layer, position),
                root(OperationKind.V_CACHE, layer, position));
    }

    private Hash32 root(OperationKind operation, int layer, int position) {
        return OperationVectors.root(operation, shape, position, vector(operation, layer, position));
    }

    @Override
    public Hash32 middle(int position) {
        return root(OperationKind.RESIDUAL_MID, inputs.span().to() - 1, position);
    }

    @Override
    public Hash32 logits(int position) {
        return root(OperationKind.LOGITS, shape.layers(), position);
    }

    @Override
    public byte[] vector(OperationKind operation, int layer, int position) {
        float[] values = stage.result(operation, layer, position);
        if (OperationVectors.elementBytes(operation) == Float.BYTES) {
            return VectorRoot.bytes(values, 0, values.length);
        }
        ByteBuffer out = ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            out.putShort(Float.floatToFloat16(value));
        }
        return out.array();
    }

    @Override
    public byte[] input(int layer, int position) {
        float[] values = stage.input(layer, position);
        return VectorRoot.bytes(values, 0, values.length);
    }

    @Override
    public byte[] key(int layer, int position) {
        return vector(OperationKind.K_CACHE, layer, position);
    }

    @Override
    public byte[] value(int layer, int position) {
        return vector(OperationKind.V_CACHE, layer, position);
    }
}
