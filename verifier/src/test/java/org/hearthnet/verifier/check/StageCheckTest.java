package org.hearthnet.verifier.check;

import static org.hearthnet.verifier.check.Altered.activation;
import static org.hearthnet.verifier.check.Altered.executor;
import static org.hearthnet.verifier.check.Altered.fee;
import static org.hearthnet.verifier.check.Altered.negative;
import static org.hearthnet.verifier.check.Altered.otherToken;
import static org.hearthnet.verifier.check.Altered.positions;
import static org.hearthnet.verifier.check.Altered.receipt;
import static org.hearthnet.verifier.check.Altered.salt;
import static org.hearthnet.verifier.check.Altered.signatures;
import static org.hearthnet.verifier.check.Altered.signedBy;
import static org.hearthnet.verifier.check.Altered.tokens;
import static org.hearthnet.verifier.check.Altered.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.BoundaryStatement;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.Verdict;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.verifier.model.Job;
import org.hearthnet.verifier.model.Model;
import org.hearthnet.verifier.model.TinyModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StageCheckTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Model model = Model.tiny(seed, TinyModel.Kind.UNTIED);

    @BeforeAll
    void sayTheSeed() {
        System.out.println("StageCheckTest seed " + seed);
    }

    @AfterAll
    void close() {
        model.close();
    }

    private CheckResult check(StageInputs inputs) {
        return StageCheck.run(model.executor(inputs.span()), model.manifest, inputs, model.budget);
    }

    @Test
    void everyStageOfAnHonestJobAgreesAndTagsAreEqual() {
        for (int i = 0; i < 30; i++) {
            int stages = random.nextInt(1, 4);
            Job job = Job.honest(model, random, stages);
            for (int s = 0; s < stages; s++) {
                StageInputs inputs = job.inputs(s);
                CheckResult result = check(inputs);
                assertEquals(Verdict.AGREE, result.verdict(), result.reason());
                Hash32 duty = Job.hash(random);
                NodeId verifier = new NodeId(Job.hash(random));
                var recorder =
                        new TraceRecorder(job.assignment.id(), s, inputs.span().to() - 1);
                decode(job, s, recorder);
                assertEquals(Commitments.tagRoot(duty, verifier, recorder.traceLeaves()), result.tag(duty, verifier));
                assertNotEquals(result.tag(duty, verifier), result.tag(verifier.key(), new NodeId(duty)));
            }
        }
    }

    /** As an executor runs: position after position. */
    private void decode(Job job, int stage, TraceRecorder recorder) {
        StageInputs inputs = job.inputs(stage);
        var executor = model.executor(inputs.span());
        try (var sequence = executor.newSequence(64, model.budget)) {
            for (int p = 0; p < job.positions(); p++) {
                executor.forward(new org.hearthnet.inference.exec.Step(
                        sequence,
                        TeacherForcing.input(executor, inputs, p, 1),
                        org.hearthnet.inference.exec.LogitsWanted.LAST,
                        recorder));
            }
        }
        assertEquals(inputs.receipt().traceRoot(), recorder.traceRoot());
        assertEquals(job.positions(), recorder.positions());
        if (!inputs.isLast()) {
            assertEquals(inputs.receipt().outputRoot(), recorder.boundaryRoot());
        }
    }

    @Test
    void anotherTraceOrOutputDiffers() {
        Job job = Job.honest(model, random, 2);
        for (int s = 0; s < 2; s++) {
            StageInputs inputs = job.inputs(s);
            Receipt r = inputs.receipt();
            assertEquals(
                    Verdict.DIFFER,
                    check(with(inputs, receipt(r, r.outputRoot(), Job.hash(random))))
                            .verdict());
            assertEquals(
                    Verdict.DIFFER,
                    check(with(inputs, receipt(r, Job.hash(random), r.traceRoot())))
                            .verdict());
        }
    }

    @Test
    void inputsThatDoNotFitAreNotServed() {
        Job job = Job.honest(model, random, 3);
        StageInputs first = job.inputs(0);
        StageInputs middle = job.inputs(1);
        refused(first, i -> tokens(i, otherToken(i.tokens())), "committed to");
        refused(first, i -> tokens(i, Arrays.copyOf(i.tokens(), i.tokens().length + 1)), "tokens of the model");
        refused(first, i -> tokens(i, negative(i.tokens())), "tokens of the model");
        refused(first, i -> salt(i, Optional.empty()), "committed to");
        refused(first, i -> salt(i, Optional.of(Job.hash(random))), "committed to");
        refused(middle, i -> tokens(i, new int[] {1}), "sees no tokens");
        refused(middle, i -> activation(i, Float.NaN), "activation is NaN");
        refused(middle, i -> activation(i, 1e30f), "activation is 1.0E30");
        refused(middle, i -> activation(i, 0.25f), "input root");
        refused(middle, i -> StageInputs.middle(i.assignment(), i.receipt(), new float[3]), "activations");
    }

    @Test
    void receiptsThatMayNotBePaidAreNotServed() {
        StageInputs inputs = Job.honest(model, random, 2).inputs(0);
        refused(inputs, i -> with(i, fee(i.receipt(), i.receipt().fee().plus(Amount.of(1)))), "fee");
        refused(inputs, i -> with(i, executor(random, i.receipt())), "not one of this assignment");
        Receipt r = inputs.receipt();
        int most = inputs.assignment().promptTokens() + inputs.assignment().maxTokens();
        refused(inputs, i -> with(i, positions(i.assignment(), r, most)), "at most may be paid for");
    }

    private void refused(StageInputs inputs, UnaryOperator<StageInputs> change, String reason) {
        CheckResult result = check(change.apply(inputs));
        assertEquals(Verdict.NOT_SERVED, result.verdict());
        assertTrue(result.reason().contains(reason), result.reason());
        assertEquals(List.of(), result.traceLeaves());
    }

    @Test
    void answersThatGoOnAfterTheEndAreNotPaid() {
        Job job = Job.honest(model, random, 1);
        int prompt = job.assignment.promptTokens();
        int[] tokens = Arrays.copyOf(job.tokens(), prompt + 1);
        tokens[prompt] = TinyModel.END;
        Assignment longer = Job.assignment(
                model,
                random,
                job.salt,
                Arrays.copyOf(tokens, prompt),
                9,
                List.of(job.inputs(0).span()));
        Receipt r = positions(longer, job.receipt(0), prompt + 1);
        Receipt receipt = new Receipt(
                longer.id(),
                0,
                longer.stages().getFirst().executor(),
                prompt + 1,
                Commitments.tokenRoot(tokens, prompt + 1),
                Optional.empty(),
                r.outputRoot(),
                Optional.empty(),
                r.traceRoot(),
                r.fee(),
                r.layerTokens());
        CheckResult result = check(StageInputs.first(longer, receipt, tokens, job.salt));
        assertEquals(Verdict.NOT_SERVED, result.verdict());
        assertTrue(result.reason().contains("after the end"), result.reason());
    }

    @Test
    void poisonIsNotServed() {
        Job job = Job.honest(model, random, 3);
        StageInputs honest = job.inputs(1);
        float[] huge = honest.activations().clone();
        Arrays.fill(huge, 9e29f);
        Receipt r = honest.receipt();
        StageInputs unrooted = new StageInputs(honest.assignment(), r, new int[0], Optional.empty(), huge);
        Hash32 root = org.hearthnet.genesis.crypto.MerkleTree.root(
                InputRoots.leaves(unrooted, model.manifest.shape().hidden()));
        Receipt receipt = new Receipt(
                r.job(),
                r.stage(),
                r.executor(),
                r.positions(),
                root,
                r.upstream(),
                r.outputRoot(),
                r.downstream(),
                r.traceRoot(),
                r.fee(),
                r.layerTokens());
        CheckResult result = check(StageInputs.middle(honest.assignment(), receipt, huge));
        assertEquals(Verdict.NOT_SERVED, result.verdict());
        assertTrue(result.reason().contains("poison"), result.reason());
        assertEquals(0, model.budget.usedBytes());
    }

    @Test
    void withoutMemoryNothingIsFoundOut() {
        StageInputs inputs = Job.honest(model, random, 1).inputs(0);
        org.junit.jupiter.api.Assertions.assertThrows(
                org.hearthnet.inference.exec.KvExhaustedException.class,
                () -> StageCheck.run(model.executor(inputs.span()), model.manifest, inputs, new KvBudget(1)));
    }

    @Test
    void seamsNeedTheNeighboursSignatures() {
        KeyPair sender = KeyPair.generate(new java.security.SecureRandom());
        KeyPair receiver = KeyPair.generate(new java.security.SecureRandom());
        Hash32 network = Job.hash(random);
        Job job = Job.honest(model, random, 3);
        Assignment a = signedBy(job.assignment, sender.id(), receiver.id());
        Receipt r = positions(a, job.receipt(1), job.positions());
        var in = new BoundaryStatement(a.id(), 1, r.positions(), r.inputRoot());
        var out = new BoundaryStatement(a.id(), 2, r.positions(), r.outputRoot());
        var up = Optional.of(BoundaryStatement.KIND.sign(sender, network, in));
        var down = Optional.of(BoundaryStatement.KIND.sign(receiver, network, out));
        assertEquals(Optional.empty(), SeamCheck.problem(network, a, signatures(r, up, down)));
        assertEquals(Optional.empty(), SeamCheck.problem(network, a, signatures(r, up, Optional.empty())));
        assertTrue(SeamCheck.problem(network, a, signatures(r, Optional.empty(), down))
                .isPresent());
        assertTrue(SeamCheck.problem(network, a, signatures(r, down, down)).isPresent());
        assertTrue(SeamCheck.problem(network, a, signatures(r, up, up)).isPresent());
        assertTrue(
                SeamCheck.problem(Job.hash(random), a, signatures(r, up, down)).isPresent());
    }
}
