package org.hearthnet.verifier.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.crypto.MerkleTree;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.proof.VectorRoot;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.genesis.protocol.Stage;
import org.hearthnet.genesis.spec.ModelManifest.Shape;
import org.hearthnet.verifier.check.StageInputs;

/** A job run through a pipeline of scalar stages, one of which may lie, with everybody's receipts. */
public final class Job {
    public final Assignment assignment;
    public final Hash32 salt;
    private final Shape shape;
    private final int liar;
    private final List<ScalarStage> stages = new ArrayList<>();
    private final List<List<float[]>> rows = new ArrayList<>();
    private int[] tokens;

    private Job(Model model, Assignment assignment, Hash32 salt, int[] prompt, int liar, Fault fault) {
        this.shape = model.manifest.shape();
        this.assignment = assignment;
        this.salt = salt;
        this.tokens = prompt;
        this.liar = liar;
        for (int s = 0; s < assignment.stages().size(); s++) {
            LayerSpan span = assignment.stages().get(s).layers();
            stages.add(new ScalarStage(model, span, assignment.sampler(), s == liar ? fault : Fault.NONE));
            rows.add(new ArrayList<>());
        }
        rows.add(new ArrayList<>());
        run();
    }

    /** What goes wrong in a job of these stages, which executes at most {@code positions} positions. */
    private interface FaultPlan {
        Fault fault(List<LayerSpan> stages, int prompt, int positions);
    }

    /** A random job of which stage {@code liar} has a random fault. */
    public static Job withFault(Model model, Random random, int liar, int stageCount) {
        Shape shape = model.manifest.shape();
        return random(
                model,
                random,
                stageCount,
                (stages, prompt, positions) -> Fault.random(random, shape, stages.get(liar), prompt, positions));
    }

    /** A random job with a random fault in this operation. */
    public static Job withFaultIn(Model model, Random random, OperationKind operation, int stageCount) {
        Shape shape = model.manifest.shape();
        return random(model, random, stageCount, (stages, prompt, positions) -> {
            int layer = operation.isHead()
                    ? shape.layers()
                    : operation == OperationKind.EMBED ? 0 : random.nextInt(shape.layers());
            int position = random.nextInt(operation.isHead() ? prompt - 1 : 0, positions);
            return Fault.in(random, shape, operation, layer, position);
        });
    }

    /** A random job that everybody executes faithfully. */
    public static Job honest(Model model, Random random, int stageCount) {
        return random(model, random, stageCount, (stages, prompt, positions) -> Fault.NONE);
    }

    private static Job random(Model model, Random random, int stageCount, FaultPlan plan) {
        Shape shape = model.manifest.shape();
        int[] prompt =
                random.ints(random.nextInt(1, 7), 0, shape.vocabulary() - 1).toArray();
        int maxTokens = random.nextInt(1, 7);
        Hash32 salt = hash(random);
        List<LayerSpan> stages = cut(random, shape, stageCount);
        Assignment assignment = assignment(model, random, salt, prompt, maxTokens, stages);
        Fault fault = plan.fault(stages, prompt.length, prompt.length + maxTokens - 1);
        Job job = new Job(model, assignment, salt, prompt, stageOf(stages, fault), fault);
        job.fault = fault;
        return job;
    }

    /** The stage that executes the faulty operation; the head is the last one's. */
    private static int stageOf(List<LayerSpan> stages, Fault fault) {
        int stage = 0;
        while (stage < stages.size() - 1 && fault.layer() >= stages.get(stage).to()) {
            stage++;
        }
        return fault.layer() < 0 ? -1 : stage;
    }

    /** The planted fault. */
    public Fault fault = Fault.NONE;

    public static Assignment assignment(
            Model model, Random random, Hash32 salt, int[] prompt, int maxTokens, List<LayerSpan> spans) {
        List<Stage> stages = new ArrayList<>();
        for (LayerSpan span : spans) {
            stages.add(new Stage(new NodeId(hash(random)), span, 10, List.of()));
        }
        float temperature = random.nextBoolean() ? 0.8f : 0f;
        return new Assignment(
                hash(random),
                new NodeId(hash(random)),
                hash(random),
                model.manifest.id(),
                model.manifest.arithmeticVersion(),
                new SamplerSettings(temperature, random.nextBoolean() ? 0 : 10, 0.95f, random.nextLong()),
                prompt.length,
                maxTokens,
                Commitments.prompt(salt, prompt),
                stages);
    }

    private static List<LayerSpan> cut(Random random, Shape shape, int count) {
        int[] ends = random.ints(1, shape.layers())
                .distinct()
                .limit(count - 1)
                .sorted()
                .toArray();
        List<LayerSpan> out = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            out.add(new LayerSpan(i == 0 ? 0 : ends[i - 1], i == count - 1 ? shape.layers() : ends[i]));
        }
        return out;
    }

    public static Hash32 hash(Random random) {
        return new Hash32(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private void run() {
        int prompt = assignment.promptTokens();
        int most = prompt + assignment.maxTokens();
        for (int p = 0; tokens.length < most; p++) {
            float[] x = stages.getFirst().step(tokens[p]);
            rows.get(1).add(x);
            for (int s = 1; s < stages.size(); s++) {
                x = stages.get(s).step(x);
                rows.get(s + 1).add(x);
            }
            if (p >= prompt - 1) {
                int token = stages.getLast().draw();
                tokens = Arrays.copyOf(tokens, p + 2);
                tokens[p + 1] = token;
                if (shape.ends(token)) {
                    break;
                }
            }
        }
    }

    /** Positions executed: all tokens but the last were fed. */
    public int positions() {
        return tokens.length - 1;
    }

    public int[] tokens() {
        return tokens;
    }

    /** The receipt of a stage. */
    public Receipt receipt(int stage) {
        int positions = positions();
        LayerSpan span = assignment.stages().get(stage).layers();
        List<Hash32> trace = new ArrayList<>();
        for (int p = 0; p < positions; p++) {
            float[] middle = stages.get(stage).result(OperationKind.RESIDUAL_MID, span.to() - 1, p);
            trace.add(Commitments.trace(
                    assignment.id(), stage, p, root(rows.get(stage + 1).get(p)), root(middle)));
        }
        return new Receipt(
                assignment.id(),
                stage,
                assignment.stages().get(stage).executor(),
                positions,
                stage == 0 ? Commitments.tokenRoot(tokens, positions) : boundary(stage),
                Optional.empty(),
                assignment.isLast(stage) ? Commitments.tokenRoot(tokens, positions + 1) : boundary(stage + 1),
                Optional.empty(),
                MerkleTree.root(trace),
                assignment.fee(stage, positions),
                assignment.layerTokens(stage, positions));
    }

    private Hash32 boundary(int number) {
        List<Hash32> leaves = new ArrayList<>();
        for (int p = 0; p < positions(); p++) {
            leaves.add(Commitments.boundary(p, root(rows.get(number).get(p))));
        }
        return MerkleTree.root(leaves);
    }

    private static Hash32 root(float[] values) {
        return VectorRoot.of(values, 0, values.length);
    }

    /** What the stage's executor serves to a verifier. */
    public StageInputs inputs(int stage) {
        Receipt receipt = receipt(stage);
        if (stage == 0) {
            return StageInputs.first(assignment, receipt, Arrays.copyOf(tokens, positions()), salt);
        }
        float[] activations = activations(stage);
        return assignment.isLast(stage)
                ? StageInputs.last(
                        assignment, receipt, Arrays.copyOf(tokens, assignment.promptTokens()), salt, activations)
                : StageInputs.middle(assignment, receipt, activations);
    }

    private float[] activations(int stage) {
        float[] out = new float[positions() * shape.hidden()];
        for (int p = 0; p < positions(); p++) {
            System.arraycopy(rows.get(stage).get(p), 0, out, p * shape.hidden(), shape.hidden());
        }
        return out;
    }

    /** What the stage's executor can show. */
    public ScalarTrace trace(int stage) {
        return new ScalarTrace(shape, stages.get(stage), inputs(stage), assignment.isLast(stage) ? tokens : new int[0]);
    }

    public int liar() {
        return liar;
    }
}
