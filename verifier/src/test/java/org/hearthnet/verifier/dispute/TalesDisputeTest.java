package org.hearthnet.verifier.dispute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.proof.DisputeDecision;
import org.hearthnet.genesis.proof.DisputeReferee;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.Verdict;
import org.hearthnet.inference.exec.ResidualFilter;
import org.hearthnet.verifier.check.StageCheck;
import org.hearthnet.verifier.check.StageInputs;
import org.hearthnet.verifier.model.Job;
import org.hearthnet.verifier.model.Model;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Disputes over the embedded model, between engines. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TalesDisputeTest {
    private static final int LAYERS = 6;
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Model model = Model.tales();

    @BeforeAll
    void sayTheSeed() {
        System.out.println("TalesDisputeTest seed " + seed);
    }

    @AfterAll
    void close() {
        model.close();
    }

    /** Inputs of a stage that has not run yet: a random prompt, or random activations. */
    private StageInputs inputs(LayerSpan span, int prompt, int answer) {
        int[] tokens = random.ints(prompt + answer - 1, 0, 4000).toArray();
        int[] promptTokens = java.util.Arrays.copyOf(tokens, prompt);
        List<LayerSpan> spans = new java.util.ArrayList<>();
        if (span.from() > 0) {
            spans.add(new LayerSpan(0, span.from()));
        }
        spans.add(span);
        if (span.to() < LAYERS) {
            spans.add(new LayerSpan(span.to(), LAYERS));
        }
        Hash32 salt = Job.hash(random);
        Assignment a = Job.assignment(model, random, salt, promptTokens, answer, spans);
        int stage = spans.indexOf(span);
        float[] activations = new float[stage == 0 ? 0 : tokens.length * 256];
        for (int i = 0; i < activations.length; i++) {
            activations[i] = (float) random.nextGaussian();
        }
        StageInputs unsigned = new StageInputs(
                a,
                receipt(a, stage, tokens.length, Hash32.ZERO),
                stage == 0 ? tokens : a.isLast(stage) ? promptTokens : new int[0],
                stage == 0 || a.isLast(stage) ? Optional.of(salt) : Optional.empty(),
                activations);
        Hash32 root = org.hearthnet.genesis.crypto.MerkleTree.root(
                org.hearthnet.verifier.check.InputRoots.leaves(unsigned, 256));
        return new StageInputs(
                a, receipt(a, stage, tokens.length, root), unsigned.tokens(), unsigned.salt(), activations);
    }

    private static Receipt receipt(Assignment a, int stage, int positions, Hash32 input) {
        return new Receipt(
                a.id(),
                stage,
                a.stages().get(stage).executor(),
                positions,
                input,
                Optional.empty(),
                Hash32.ZERO,
                Optional.empty(),
                Hash32.ZERO,
                a.fee(stage, positions),
                a.layerTokens(stage, positions));
    }

    private DisputeDecision dispute(StageTrace liar) {
        StageInputs inputs = Receipts.inputs(liar);
        var executor = model.executor(inputs.span());
        assertEquals(
                Verdict.DIFFER,
                StageCheck.run(executor, model.manifest, inputs, model.budget).verdict());
        try (ExecutedTrace honest = ExecutedTrace.run(executor, inputs, model.budget)) {
            Defender defender = new Defender(model.manifest.shape(), liar);
            Challenger challenger = new Challenger(model.manifest, honest, model::weights);
            DisputeGame game = new DisputeGame(model.manifest, defender::next, challenger::next);
            Optional<DisputeDecision> decision = game.play(DisputeReferee.open(inputs.assignment(), inputs.receipt()));
            System.out.println("positions " + inputs.receipt().positions() + ", largest move " + game.largestMove
                    + " bytes: " + decision);
            return decision.orElseThrow(() -> new AssertionError(game.silent + " " + game.reason));
        }
    }

    private DisputeDecision faulty(StageInputs inputs, ResidualFilter fault) {
        var executor = model.executor(inputs.span()).withFault(fault);
        try (ExecutedTrace liar = ExecutedTrace.run(executor, inputs, model.budget)) {
            return dispute(liar);
        }
    }

    @Test
    void aSkippedLayerIsConvicted() {
        for (LayerSpan span : List.of(new LayerSpan(0, 2), new LayerSpan(2, 4), new LayerSpan(3, 4))) {
            StageInputs inputs = inputs(span, 5, 6);
            int layer = random.nextInt(span.from(), span.to());
            int first = random.nextInt(inputs.receipt().positions());
            DisputeDecision decision = faulty(inputs, (l, p, in, out, offset, length) -> {
                if (l == layer && p >= first) {
                    System.arraycopy(in, offset, out, offset, length);
                }
            });
            assertEquals(new DisputeDecision(true, layer, first, "RESIDUAL_OUT[0]"), decision);
        }
    }

    @Test
    void aResidualThatIsNoNumberIsConvicted() {
        DisputeDecision decision = faulty(inputs(new LayerSpan(1, 3), 4, 3), (l, p, in, out, offset, length) -> {
            if (l == 2 && p == 3) {
                out[offset + 77] = Float.NaN;
            }
        });
        assertEquals(new DisputeDecision(true, 2, 3, "RESIDUAL_OUT[77]"), decision);
    }

    @Test
    void aFaultAtTheLastPositionOfAFullContextIsConvicted() {
        int last = 510;
        StageInputs inputs = inputs(new LayerSpan(2, 5), 400, 112);
        assertEquals(last + 1, inputs.receipt().positions());
        DisputeDecision decision = faulty(inputs, (l, p, in, out, offset, length) -> {
            if (l == 3 && p == last) {
                out[offset + 200] += 1;
            }
        });
        assertEquals(new DisputeDecision(true, 3, last, "RESIDUAL_OUT[200]"), decision);
    }

    @Test
    void aTokenThatWasNotDrawnIsConvicted() {
        StageInputs inputs = inputs(new LayerSpan(4, 6), 3, 8);
        try (ExecutedTrace honest = ExecutedTrace.run(model.executor(inputs.span()), inputs, model.budget)) {
            int[] tokens = honest.tokens().clone();
            int position = random.nextInt(2, 10);
            tokens[position + 1] = (tokens[position + 1] + 1) % 4000;
            DisputeDecision decision = dispute(new AlteredTrace(honest, tokens, (operation, bytes) -> bytes));
            assertEquals(new DisputeDecision(true, LAYERS, position, "SAMPLE[0]"), decision);
        }
    }

    @Test
    void theMixOfAFullContextFits() {
        StageInputs inputs = inputs(new LayerSpan(1, 2), 400, 112);
        try (ExecutedTrace honest = ExecutedTrace.run(model.executor(inputs.span()), inputs, model.budget)) {
            DisputeDecision decision = OperationDuel.play(
                    model, Receipts.inputs(honest), honest, OperationKind.ATTN_MIX, 510, 129, bytes -> {
                        bytes[129 * 4] ^= 1;
                        return bytes;
                    });
            assertEquals(new DisputeDecision(true, 1, 510, "ATTN_MIX[129]"), decision);
        }
    }

    @Test
    void poisonThatDidNotStopTheExecutorConvicts() {
        StageInputs inputs = inputs(new LayerSpan(1, 2), 4, 2);
        try (ExecutedTrace honest = ExecutedTrace.run(model.executor(inputs.span()), inputs, model.budget)) {
            float[] gate = new float[704];
            gate[9] = Float.NaN;
            byte[] poison = org.hearthnet.genesis.proof.VectorRoot.bytes(gate, 0, 704);
            AlteredTrace liar = new AlteredTrace(
                    honest, new int[0], (o, bytes) -> o == OperationKind.GATE ? poison.clone() : bytes);
            DisputeDecision decision =
                    OperationDuel.play(model, Receipts.inputs(honest), liar, OperationKind.ACT, 2, 9, bytes -> bytes);
            assertEquals(new DisputeDecision(true, 1, 2, "ACT[9]"), decision);
            assertTrue(Commitments.drawnTokens(4, 5) == 2);
        }
    }
}
