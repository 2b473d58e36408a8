package org.hearthnet.verifier.dispute;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.crypto.MerkleTree;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.proof.DisputeState;
import org.hearthnet.genesis.proof.OperationEvidence;
import org.hearthnet.genesis.proof.OperationVectors;
import org.hearthnet.genesis.proof.TensorNames;
import org.hearthnet.genesis.proof.VectorRoot;
import org.hearthnet.genesis.proof.VectorSlice;
import org.hearthnet.genesis.proof.WeightOpening;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.genesis.spec.ModelManifest.Shape;

/**
 * Gathers what an element is computed from. The operands come from the challenger's own trace: they are the executor's too,
 * because the operation is the first that differs.
 */
final class EvidenceBuilder {
    private final ModelManifest manifest;
    private final Shape shape;
    private final StageTrace trace;
    private final WeightSource weights;

    EvidenceBuilder(ModelManifest manifest, StageTrace trace, WeightSource weights) {
        this.manifest = manifest;
        this.shape = manifest.shape();
        this.trace = trace;
        this.weights = weights;
    }

    /** Evidence for element {@code element} of the picked operation. */
    OperationEvidence of(DisputeState state, int element) {
        At at = new At(state.layer(), state.position());
        OperationKind operation = state.operation().orElseThrow();
        return switch (operation) {
            case EMBED ->
                new OperationEvidence.Embedding(
                        element, row(at, operation, trace.inputs().tokens()[at.position]));
            case ATTN_NORM, OUT_NORM -> new OperationEvidence.Norm(element, input(at), row(at, operation, 0));
            case FFN_NORM ->
                new OperationEvidence.Norm(element, result(at, OperationKind.RESIDUAL_MID), row(at, operation, 0));
            case Q, K, V -> projection(at, operation, element, OperationKind.ATTN_NORM);
            case ATTN_OUT -> projection(at, operation, element, OperationKind.ATTN_MIX);
            case GATE, UP -> projection(at, operation, element, OperationKind.FFN_NORM);
            case DOWN -> projection(at, operation, element, OperationKind.ACT);
            case LOGITS -> projection(at, operation, element, OperationKind.OUT_NORM);
            case Q_NORM -> new OperationEvidence.Norm(element, result(at, OperationKind.Q), row(at, operation, 0));
            case K_NORM -> new OperationEvidence.Norm(element, result(at, OperationKind.K), row(at, operation, 0));
            case Q_ROPE, K_CACHE ->
                new OperationEvidence.Conversion(element, result(at, OperationVectors.beforeRope(operation, shape)));
            case V_CACHE -> new OperationEvidence.Conversion(element, result(at, OperationKind.V));
            case ATTN_SCORES -> score(at, element);
            case ATTN_WEIGHTS ->
                new OperationEvidence.Softmax(
                        element, head(at, OperationKind.ATTN_SCORES, element / (at.position + 1)));
            case ATTN_MIX -> mix(at, element);
            case RESIDUAL_MID ->
                new OperationEvidence.Elementwise(element, input(at), result(at, OperationKind.ATTN_OUT));
            case ACT ->
                new OperationEvidence.Elementwise(
                        element, result(at, OperationKind.GATE), result(at, OperationKind.UP));
            case RESIDUAL_OUT ->
                new OperationEvidence.Elementwise(
                        element, result(at, OperationKind.RESIDUAL_MID), result(at, OperationKind.DOWN));
            case SAMPLE -> new OperationEvidence.Draw(result(at, OperationKind.LOGITS));
        };
    }

    private record At(int layer, int position) {}

    private Bytes result(At at, OperationKind operation) {
        return Bytes.of(trace.vector(operation, at.layer, at.position));
    }

    private Bytes input(At at) {
        return Bytes.of(trace.input(at.layer, at.position));
    }

    private WeightOpening row(At at, OperationKind operation, int row) {
        return weights.open(TensorNames.of(manifest, operation, at.layer), row);
    }

    private OperationEvidence projection(At at, OperationKind operation, int element, OperationKind operand) {
        Optional<WeightOpening> bias =
                TensorNames.bias(manifest, operation, at.layer).map(name -> weights.open(name, 0));
        return new OperationEvidence.Projection(element, result(at, operand), row(at, operation, element), bias);
    }

    private OperationEvidence score(At at, int element) {
        int head = element / (at.position + 1);
        int other = element % (at.position + 1);
        VectorSlice key = kvSlice(trace.key(at.layer, other), head);
        return new OperationEvidence.Score(element, result(at, OperationKind.Q_ROPE), key);
    }

    private OperationEvidence mix(At at, int element) {
        int head = element / shape.headSize();
        List<VectorSlice> values = IntStream.rangeClosed(0, at.position)
                .mapToObj(p -> kvSlice(trace.value(at.layer, p), head))
                .toList();
        return new OperationEvidence.Mix(element, head(at, OperationKind.ATTN_WEIGHTS, head), values);
    }

    private VectorSlice head(At at, OperationKind operation, int head) {
        return slice(trace.vector(operation, at.layer, at.position), (at.position + 1) * Float.BYTES, head);
    }

    private VectorSlice kvSlice(byte[] vector, int queryHead) {
        int kvHead = queryHead / (shape.heads() / shape.kvHeads());
        return slice(vector, shape.headSize() * Short.BYTES, kvHead);
    }

    private static VectorSlice slice(byte[] vector, int chunk, int index) {
        byte[] data = Arrays.copyOfRange(vector, index * chunk, (index + 1) * chunk);
        return new VectorSlice(Bytes.owned(data), MerkleTree.path(VectorRoot.leaves(vector, chunk), index));
    }
}
