package org.hearthnet.verifier.dispute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.hearthnet.genesis.arithmetic.Attention;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.proof.OperationEvidence;
import org.hearthnet.genesis.proof.WeightOpening;
import org.hearthnet.genesis.spec.ModelManifest.Shape;
import org.hearthnet.verifier.check.StageInputs;
import org.hearthnet.verifier.model.Job;
import org.hearthnet.verifier.model.Model;
import org.hearthnet.verifier.model.TinyModel;
import org.junit.jupiter.api.Test;

/** Disputes about what only some models have: masked positions, biases, normalised heads. */
class ModelFeaturesTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** Runs an honest first stage of one layer or more over five positions or more. */
    private void run(TinyModel.Kind kind, BiConsumer<Model, ExecutedTrace> test) {
        System.out.println("ModelFeaturesTest seed " + seed);
        try (Model model = Model.tiny(seed, kind)) {
            Job job;
            do {
                job = Job.honest(model, random, 2);
            } while (job.positions() < 5);
            StageInputs inputs = job.inputs(0);
            try (ExecutedTrace honest = ExecutedTrace.run(model.executor(inputs.span()), inputs, model.budget)) {
                test.accept(model, honest);
            }
        }
    }

    private static OperationDuel duel(Model model, ExecutedTrace trace, OperationKind operation, int position) {
        return new OperationDuel(model, trace.inputs(), trace, operation, position);
    }

    private static UnaryOperator<byte[]> set(int element, float value) {
        return bytes -> {
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(element * Float.BYTES, value);
            return bytes;
        };
    }

    @Test
    void maskedScoresAndWeightsArePlusZero() {
        run(TinyModel.Kind.WINDOW, (model, trace) -> {
            Shape shape = model.manifest.shape();
            int position = 4;
            int first = Attention.first(position, shape.window());
            assertTrue(first > 0 && first < position, "the window masks some positions");
            for (OperationKind operation :
                    new OperationKind[] {OperationKind.ATTN_SCORES, OperationKind.ATTN_WEIGHTS}) {
                OperationDuel duel = duel(model, trace, operation, position);
                for (int at = 0; at < first; at++) {
                    int element = random.nextInt(shape.heads()) * (position + 1) + at;
                    assertEquals(false, duel.claims(element, bytes -> bytes).executorWrong());
                    for (float wrong : new float[] {-0f, Float.MIN_VALUE, 1f, Float.NEGATIVE_INFINITY}) {
                        assertTrue(duel.claims(element, set(element, wrong)).executorWrong());
                    }
                }
                // A position inside the window is not masked.
                int element = first;
                assertTrue(duel.claims(element, set(element, 0f)).executorWrong());
            }
        });
    }

    @Test
    void aBiasIsPartOfTheProjection() {
        run(TinyModel.Kind.BIASES, (model, trace) -> {
            for (String part : new String[] {"q", "k", "v"}) {
                OperationKind operation = OperationKind.valueOf(part.toUpperCase(java.util.Locale.ROOT));
                OperationDuel duel = duel(model, trace, operation, random.nextInt(5));
                int element = random.nextInt(16);
                String exactly = "exactly if the model has one";
                assertRefused(exactly, duel.refusal(element, withBias(Optional.empty())));
                String other = part.equals("q") ? "k" : "q";
                for (String wrong : new String[] {"blk.1.attn_" + part + ".bias", "blk.0.attn_" + other + ".bias"}) {
                    String reason = duel.refusal(element, withBias(Optional.of(model.weights(wrong, 0))));
                    assertRefused("blk.0.attn_" + part + ".bias", reason);
                }
                assertEquals(false, duel.claims(element, bytes -> bytes).executorWrong());
            }
        });
    }

    @Test
    void aModelWithoutBiasTakesNone() {
        run(TinyModel.Kind.TIED, (model, trace) -> {
            WeightOpening norm = model.weights("blk.0.attn_norm.weight", 0);
            String reason = duel(model, trace, OperationKind.Q, 2).refusal(3, withBias(Optional.of(norm)));
            assertRefused("exactly if the model has one", reason);
        });
    }

    private static UnaryOperator<OperationEvidence> withBias(Optional<WeightOpening> bias) {
        return evidence -> evidence instanceof OperationEvidence.Projection p
                ? new OperationEvidence.Projection(p.element(), p.operand(), p.row(), bias)
                : evidence;
    }

    @Test
    void headsAreNormalisedOneByOneAndThenRotated() {
        run(TinyModel.Kind.HEAD_NORMS, (model, trace) -> {
            int position = random.nextInt(5);
            OperationDuel norms = duel(model, trace, OperationKind.Q_NORM, position);
            WeightOpening keys = model.weights("blk.0.attn_k_norm.weight", 0);
            String reason = norms.refusal(
                    5, e -> new OperationEvidence.Norm(e.element(), ((OperationEvidence.Norm) e).operand(), keys));
            assertRefused("not row 0 of blk.0.attn_q_norm.weight", reason);
            // The vector before the norms is not what is rotated.
            Bytes before = Bytes.of(trace.vector(OperationKind.Q, 0, position));
            reason = duel(model, trace, OperationKind.Q_ROPE, position)
                    .refusal(5, e -> new OperationEvidence.Conversion(e.element(), before));
            assertRefused("not committed to", reason);
        });
    }

    private static void assertRefused(String expected, String reason) {
        assertTrue(reason.contains(expected), reason);
    }
}
