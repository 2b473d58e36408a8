package org.hearthnet.verifier.dispute;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.proof.DisputeDecision;
import org.hearthnet.genesis.proof.DisputeMove;
import org.hearthnet.genesis.proof.DisputeReferee;
import org.hearthnet.genesis.proof.DisputeState;
import org.hearthnet.genesis.proof.OperationVectors;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.spec.ModelManifest.Shape;
import org.hearthnet.verifier.check.StageInputs;
import org.hearthnet.verifier.model.Fault;
import org.hearthnet.verifier.model.Job;
import org.hearthnet.verifier.model.Model;
import org.hearthnet.verifier.model.ScalarStage;
import org.hearthnet.verifier.model.ScalarTrace;
import org.hearthnet.verifier.model.TinyModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a challenger does, an executor that computed honestly is not convicted and never has a move refused. */
class HonestExecutorTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private int confirmed;

    @ParameterizedTest
    @EnumSource(TinyModel.Kind.class)
    void lyingChallengersConvictNobody(TinyModel.Kind kind) {
        System.out.println("HonestExecutorTest seed " + seed);
        try (Model model = Model.tiny(seed, kind)) {
            for (int i = 0; i < 60; i++) {
                int stages = random.nextInt(1, 4);
                Job job = Job.honest(model, random, stages);
                int stage = random.nextInt(stages);
                StageInputs inputs = job.inputs(stage);
                try (ExecutedTrace honest = ExecutedTrace.run(model.executor(inputs.span()), inputs, model.budget)) {
                    attack(model, job, stage, honest);
                }
            }
        }
        assertTrue(confirmed > 5, "only " + confirmed + " disputes went to the end");
        System.out.println(confirmed + " disputes ended in favour of the executor");
    }

    private void attack(Model model, Job job, int stage, ExecutedTrace honest) {
        Shape shape = model.manifest.shape();
        Defender defender = new Defender(shape, honest);
        Challenger mistaken = new Challenger(model.manifest, wrongTrace(model, job, stage), model::weights);
        EvidenceBuilder truth = new EvidenceBuilder(model.manifest, job.trace(stage), model::weights);
        for (int attempt = 0; attempt < 4; attempt++) {
            int kind = attempt;
            DisputeGame game = new DisputeGame(model.manifest, defender::next, state -> switch (kind) {
                case 0 -> mistaken.next(state).or(() -> Optional.of(pick(state, shape, truth)));
                case 1 -> Optional.of(pick(state, shape, truth));
                case 2 -> Optional.of(mutated(pick(state, shape, truth)));
                default ->
                    state.operation().isPresent() ? forged(state, truth) : Optional.of(pick(state, shape, truth));
            });
            Optional<DisputeDecision> decision = game.play(
                    DisputeReferee.open(job.assignment, honest.inputs().receipt()));
            assertFalse(decision.isPresent() && decision.get().executorWrong(), () -> "convicted: " + decision);
            assertFalse(
                    decision.isEmpty() && game.silent == org.hearthnet.genesis.proof.DisputeParty.EXECUTOR,
                    () -> "an honest move was refused: " + game.reason);
            confirmed += decision.isPresent() ? 1 : 0;
        }
    }

    /** A challenger whose own hardware is at fault. */
    private ScalarTrace wrongTrace(Model model, Job job, int stage) {
        Shape shape = model.manifest.shape();
        StageInputs inputs = job.inputs(stage);
        LayerSpan span = inputs.span();
        int prompt = job.assignment.promptTokens();
        Fault fault = Fault.random(random, shape, span, prompt, job.positions());
        ScalarStage wrong = new ScalarStage(model, span, job.assignment.sampler(), fault);
        int[] tokens = job.tokens().clone();
        for (int p = 0; p < job.positions(); p++) {
            if (stage == 0) {
                wrong.step(inputs.tokens()[p]);
            } else {
                wrong.step(java.util.Arrays.copyOfRange(
                        inputs.activations(), p * shape.hidden(), (p + 1) * shape.hidden()));
            }
            if (inputs.isLast() && p >= prompt - 1) {
                tokens[p + 1] = wrong.draw();
            }
        }
        return new ScalarTrace(shape, wrong, inputs, inputs.isLast() ? tokens : new int[0]);
    }

    /** Any pick that exists, and true evidence for any element. */
    private DisputeMove pick(DisputeState state, Shape shape, EvidenceBuilder truth) {
        return switch (state.phase()) {
            case PICK_LAYER ->
                new DisputeMove.PickLayer(
                        random.nextInt(state.span().from(), state.span().to() + (state.isLastStage() ? 1 : 0)));
            case PICK_POSITION ->
                new DisputeMove.PickPosition(random.nextInt(
                        state.isHead() ? state.firstDraw() : 0, state.receipt().positions()));
            case PICK_OPERATION -> {
                List<OperationKind> all = new ArrayList<>(OperationVectors.of(shape, state.layer()));
                if (state.isHead()) {
                    all.add(OperationKind.SAMPLE);
                }
                yield new DisputeMove.PickOperation(all.get(random.nextInt(all.size())));
            }
            default -> {
                OperationKind operation = state.operation().orElseThrow();
                int elements = (int) OperationVectors.elements(operation, shape, state.position());
                yield new DisputeMove.Prove(truth.of(state, random.nextInt(elements)));
            }
        };
    }

    /** Evidence for another element or place than the one it is for. */
    private Optional<DisputeMove> forged(DisputeState state, EvidenceBuilder truth) {
        if (state.phase() != org.hearthnet.genesis.proof.DisputePhase.PROVE) {
            return Optional.empty();
        }
        DisputeMove honest = new DisputeMove.Prove(truth.of(state, 0));
        byte[] bytes = DisputeMove.KIND.codec().encode(honest);
        bytes[5] ^= (byte) (1 + random.nextInt(3)); // the last byte of the element's number, or the first of the logits
        return decoded(bytes).or(() -> Optional.of(honest));
    }

    private DisputeMove mutated(DisputeMove move) {
        byte[] bytes = DisputeMove.KIND.codec().encode(move);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return decoded(bytes).orElse(move);
    }

    private static Optional<DisputeMove> decoded(byte[] bytes) {
        try {
            return Optional.of(DisputeMove.KIND.codec().decode(bytes));
        } catch (CodecException e) {
            return Optional.empty();
        }
    }
}
