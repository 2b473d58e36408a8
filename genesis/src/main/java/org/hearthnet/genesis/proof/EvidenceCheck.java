package org.hearthnet.genesis.proof;

import static org.hearthnet.genesis.proof.RefusalException.unless;

import java.util.Optional;
import org.hearthnet.genesis.arithmetic.Elementwise;
import org.hearthnet.genesis.arithmetic.Half;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.arithmetic.PoisonException;
import org.hearthnet.genesis.arithmetic.RmsNorm;
import org.hearthnet.genesis.arithmetic.Rope;
import org.hearthnet.genesis.arithmetic.Sampler;
import org.hearthnet.genesis.arithmetic.SamplerParameters;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.genesis.spec.ModelManifest.Shape;

/** Recomputes one element from evidence whose every part was checked against what the executor and the manifest say. */
final class EvidenceCheck {
    private final DisputeState state;
    private final ModelManifest manifest;
    private final Shape shape;
    private final ShownRoots shown;

    EvidenceCheck(DisputeState state, ModelManifest manifest) {
        this.state = state;
        this.manifest = manifest;
        this.shape = manifest.shape();
        this.shown = new ShownRoots(state, shape);
    }

    /** Whether the executor's claim for the element is not what the arithmetic gives. */
    boolean contradicts(OperationKind operation, OperationEvidence evidence) throws RefusalException {
        long elements = OperationVectors.elements(operation, shape, state.position());
        unless(evidence.element() >= 0 && evidence.element() < elements, "no such element");
        try {
            return recompute(operation, evidence) != claimed(operation, evidence.element());
        } catch (PoisonException e) {
            return true; // an honest executor would have stopped here and made no receipt
        }
    }

    private int claimed(OperationKind operation, int element) {
        if (operation == OperationKind.SAMPLE) {
            return state.head().tokens().get(state.position() + 1).id();
        }
        byte[] vector = state.vector().orElseThrow().vector().unsafeArray();
        return OperationVectors.elementBytes(operation) == Short.BYTES
                ? Half.at(vector, element * Short.BYTES)
                : bits(VectorRoot.element(vector, element));
    }

    private static int bits(float value) {
        return Float.floatToRawIntBits(value);
    }

    private int recompute(OperationKind operation, OperationEvidence evidence) throws RefusalException {
        return switch (evidence) {
            case OperationEvidence.Embedding e when operation == OperationKind.EMBED -> bits(embedding(e));
            case OperationEvidence.Norm e -> bits(norm(operation, e));
            case OperationEvidence.Projection e -> bits(projection(operation, e));
            case OperationEvidence.Conversion e -> conversion(operation, e);
            case OperationEvidence.Elementwise e -> bits(elementwise(operation, e));
            case OperationEvidence.Score e
            when operation == OperationKind.ATTN_SCORES -> bits(new AttentionCheck(state, shape).score(e));
            case OperationEvidence.Softmax e
            when operation == OperationKind.ATTN_WEIGHTS -> bits(new AttentionCheck(state, shape).weight(e));
            case OperationEvidence.Mix e
            when operation == OperationKind.ATTN_MIX -> bits(new AttentionCheck(state, shape).mix(e));
            case OperationEvidence.Draw e when operation == OperationKind.SAMPLE -> draw(e);
            case OperationEvidence.Embedding e -> throw mismatch(operation);
            case OperationEvidence.Score e -> throw mismatch(operation);
            case OperationEvidence.Softmax e -> throw mismatch(operation);
            case OperationEvidence.Mix e -> throw mismatch(operation);
            case OperationEvidence.Draw e -> throw mismatch(operation);
        };
    }

    private static RefusalException mismatch(OperationKind operation) {
        return new RefusalException("not the kind of evidence that " + operation + " needs");
    }

    /** Checks that {@code operand} is what {@code root} commits to, in ordinary chunks. */
    static float[] open(Bytes operand, long elements, Hash32 root) throws RefusalException {
        unless(operand.length() == elements * Float.BYTES, "an operand of another length");
        unless(
                VectorRoot.of(operand.unsafeArray(), VectorRoot.CHUNK_BYTES).equals(root),
                "an operand that was not committed to");
        return VectorRoot.floats(operand.unsafeArray());
    }

    private float[] result(OperationKind of, Bytes operand) throws RefusalException {
        return open(operand, OperationVectors.elements(of, shape, state.position()), shown.of(of));
    }

    private WeightReader weights(OperationKind operation, int row, int columns, WeightOpening opening)
            throws RefusalException {
        return WeightReader.open(manifest, operation, state.layer(), row, columns, opening);
    }

    private float embedding(OperationEvidence.Embedding e) throws RefusalException {
        if (state.operations().orElseThrow().input() instanceof LayerInput.Token token) {
            return weights(OperationKind.EMBED, token.token(), shape.hidden(), e.row())
                    .embedding(shape.hidden())[e.element()];
        }
        throw new RefusalException("no token enters here");
    }

    private float norm(OperationKind operation, OperationEvidence.Norm e) throws RefusalException {
        if (operation == OperationKind.Q_NORM || operation == OperationKind.K_NORM) {
            return headNorm(operation, e);
        }
        float[] x = switch (operation) {
            case ATTN_NORM, OUT_NORM -> open(e.operand(), shape.hidden(), shown.input());
            case FFN_NORM -> result(OperationKind.RESIDUAL_MID, e.operand());
            default -> throw mismatch(operation);
        };
        float weight = weights(operation, 0, shape.hidden(), e.weights()).element(e.element());
        float factor = RmsNorm.factor(x, 0, x.length, shape.normEpsilon());
        return RmsNorm.element(x[e.element()], factor, weight);
    }

    private float headNorm(OperationKind operation, OperationEvidence.Norm e) throws RefusalException {
        OperationKind before = operation == OperationKind.Q_NORM ? OperationKind.Q : OperationKind.K;
        float[] x = result(before, e.operand());
        int size = shape.headSize();
        int inHead = e.element() % size;
        float weight = weights(operation, 0, size, e.weights()).element(inHead);
        float factor = RmsNorm.factor(x, e.element() - inHead, size, shape.normEpsilon());
        return RmsNorm.element(x[e.element()], factor, weight);
    }

    private float projection(OperationKind operation, OperationEvidence.Projection e) throws RefusalException {
        OperationKind before = switch (operation) {
            case Q, K, V -> OperationKind.ATTN_NORM;
            case ATTN_OUT -> OperationKind.ATTN_MIX;
            case GATE, UP -> OperationKind.FFN_NORM;
            case DOWN -> OperationKind.ACT;
            case LOGITS -> OperationKind.OUT_NORM;
            default -> throw mismatch(operation);
        };
        float[] x = result(before, e.operand());
        float product = weights(operation, e.element(), x.length, e.row()).project(x);
        Optional<String> bias = TensorNames.bias(manifest, operation, state.layer());
        unless(bias.isPresent() == e.bias().isPresent(), "a bias belongs to it exactly if the model has one");
        if (bias.isEmpty()) {
            return product;
        }
        int width = (int) OperationVectors.elements(operation, shape, state.position());
        WeightReader addend =
                WeightReader.open(manifest, bias.get(), 0, width, e.bias().orElseThrow());
        return Elementwise.residual(product, addend.element(e.element()));
    }

    private int conversion(OperationKind operation, OperationEvidence.Conversion e) throws RefusalException {
        return switch (operation) {
            case Q_ROPE ->
                bits(rotated(result(OperationVectors.beforeRope(operation, shape), e.operand()), e.element()));
            case K_CACHE ->
                Half.round(
                        rotated(result(OperationVectors.beforeRope(operation, shape), e.operand()), e.element()),
                        "key");
            case V_CACHE -> Half.round(result(OperationKind.V, e.operand())[e.element()], "value");
            default -> throw mismatch(operation);
        };
    }

    private float rotated(float[] heads, int element) {
        int head = element / shape.headSize() * shape.headSize();
        Rope.rotate(shape.rope().parameters(), heads, head, state.position());
        return heads[element];
    }

    private float elementwise(OperationKind operation, OperationEvidence.Elementwise e) throws RefusalException {
        int i = e.element();
        return switch (operation) {
            case RESIDUAL_MID ->
                Elementwise.residual(
                        open(e.left(), shape.hidden(), shown.input())[i], result(OperationKind.ATTN_OUT, e.right())[i]);
            case ACT ->
                Elementwise.gated(result(OperationKind.GATE, e.left())[i], result(OperationKind.UP, e.right())[i]);
            case RESIDUAL_OUT ->
                Elementwise.residual(
                        result(OperationKind.RESIDUAL_MID, e.left())[i], result(OperationKind.DOWN, e.right())[i]);
            default -> throw mismatch(operation);
        };
    }

    private int draw(OperationEvidence.Draw e) throws RefusalException {
        SamplerSettings settings = state.assignment().sampler();
        float[] logits = result(OperationKind.LOGITS, e.logits());
        return Sampler.sample(
                logits,
                new SamplerParameters(settings.temperature(), settings.topK(), settings.topP()),
                settings.seed(),
                state.position());
    }
}
