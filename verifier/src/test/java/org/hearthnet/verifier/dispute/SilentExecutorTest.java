package org.hearthnet.verifier.dispute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.proof.DisputeMove;
import org.hearthnet.genesis.proof.DisputeParty;
import org.hearthnet.genesis.proof.DisputeReferee;
import org.hearthnet.genesis.proof.LayerInput;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.Verdict;
import org.hearthnet.verifier.check.StageCheck;
import org.hearthnet.verifier.check.StageInputs;
import org.hearthnet.verifier.model.Job;
import org.hearthnet.verifier.model.Model;
import org.hearthnet.verifier.model.TinyModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Receipts that contradict themselves: their executor computed honestly, but has nothing to open them with. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SilentExecutorTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Model model = Model.tiny(seed, TinyModel.Kind.UNTIED);

    @BeforeAll
    void sayTheSeed() {
        System.out.println("SilentExecutorTest seed " + seed);
    }

    @AfterAll
    void close() {
        model.close();
    }

    private void silent(StageInputs inputs, String reason) {
        var executor = model.executor(inputs.span());
        assertEquals(
                Verdict.DIFFER,
                StageCheck.run(executor, model.manifest, inputs, model.budget).verdict());
        try (ExecutedTrace honest = ExecutedTrace.run(executor, inputs, model.budget)) {
            Defender defender = new Defender(model.manifest.shape(), honest);
            Challenger challenger = new Challenger(model.manifest, honest, model::weights);
            DisputeGame game = new DisputeGame(model.manifest, defender::next, challenger::next);
            var decision = game.play(DisputeReferee.open(inputs.assignment(), inputs.receipt()));
            assertEquals(Optional.empty(), decision);
            assertEquals(DisputeParty.EXECUTOR, game.silent);
            assertTrue(game.reason.contains(reason), game.reason);
        }
    }

    @Test
    void anOutputThatIsNotTheTraces() {
        for (int stage = 0; stage < 3; stage++) {
            StageInputs honest = Job.honest(model, random, 3).inputs(stage);
            Receipt r = honest.receipt();
            silent(with(honest, honest.tokens(), r.inputRoot(), Job.hash(random)), "output root");
        }
    }

    /** One stage that is the whole pipeline could be fed with tokens of its own choice, for which nobody else signs. */
    @Test
    void tokensFedThatWereNotDrawn() {
        Job job;
        do {
            job = Job.honest(model, random, 1);
        } while (job.positions() == job.assignment.promptTokens());
        int prompt = job.assignment.promptTokens();
        StageInputs honest = job.inputs(0);
        int[] fed = honest.tokens().clone();
        fed[prompt] = (fed[prompt] + 1) % (model.manifest.shape().vocabulary() - 1);
        Hash32 input = Commitments.tokenRoot(fed, fed.length);
        StageInputs unsigned = with(honest, fed, input, honest.receipt().outputRoot());
        try (ExecutedTrace trace = ExecutedTrace.run(model.executor(honest.span()), unsigned, model.budget)) {
            boolean goesOnAfterTheEnd = Arrays.stream(trace.tokens(), prompt, trace.tokens().length - 1)
                    .anyMatch(model.manifest.shape()::ends);
            silent(Receipts.inputs(trace), goesOnAfterTheEnd ? "after its end" : "input root");
        }
    }

    /** Another token than the committed one would make every embedding right. */
    @Test
    void aTokenThatIsNotUnderTheInputRoot() {
        Job job = Job.honest(model, random, 2);
        StageInputs inputs = job.inputs(0);
        try (ExecutedTrace honest = ExecutedTrace.run(model.executor(inputs.span()), inputs, model.budget)) {
            Defender defender = new Defender(model.manifest.shape(), honest);
            DisputeGame game = new DisputeGame(
                    model.manifest,
                    state -> defender.next(state).map(this::otherToken),
                    state -> Optional.of(
                            state.layer() < 0
                                    ? new DisputeMove.PickLayer(0)
                                    : new DisputeMove.PickPosition(random.nextInt(job.positions()))));
            assertEquals(Optional.empty(), game.play(DisputeReferee.open(inputs.assignment(), inputs.receipt())));
            assertEquals(DisputeParty.EXECUTOR, game.silent);
            assertTrue(game.reason.contains("the layer's input does not fit"), game.reason);
        }
    }

    private DisputeMove otherToken(DisputeMove move) {
        if (move instanceof DisputeMove.ShowOperations show && show.input() instanceof LayerInput.Token token) {
            int other = (token.token() + 1) % model.manifest.shape().vocabulary();
            return new DisputeMove.ShowOperations(new LayerInput.Token(other, token.path()), show.roots());
        }
        return move;
    }

    private static StageInputs with(StageInputs i, int[] tokens, Hash32 input, Hash32 output) {
        Receipt r = i.receipt();
        Receipt changed = new Receipt(
                r.job(),
                r.stage(),
                r.executor(),
                r.positions(),
                input,
                r.upstream(),
                output,
                r.downstream(),
                r.traceRoot(),
                r.fee(),
                r.layerTokens());
        return new StageInputs(i.assignment(), changed, tokens, i.salt(), i.activations());
    }
}
