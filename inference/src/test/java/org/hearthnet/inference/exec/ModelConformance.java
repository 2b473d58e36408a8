package org.hearthnet.inference.exec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.ReferenceKernel;

/**
 * Random models on a kernel and on the reference: every byte of every logit must be equal, however the model is divided into
 * stages, the sequences are cut into inputs, and the inputs are put together to batches. Throws {@link AssertionError} that
 * names the seed.
 */
public final class ModelConformance {
    private static final int VOCABULARY = RandomModel.VOCABULARY;

    private final long seed;
    private final Random random;
    private final RandomArchitecture architecture;
    private final Path path;
    private final List<int[]> sequences = new ArrayList<>();
    private final List<float[]> expected = new ArrayList<>();

    /** Draws a model and texts for it, and computes what is right; the file goes to {@code directory}. */
    public ModelConformance(long seed, Path directory) throws IOException {
        this.seed = seed;
        random = new Random(seed);
        architecture = new RandomArchitecture(random.nextLong());
        path = directory.resolve("model-" + seed + ".gguf");
        architecture.write(path);
        int count = 1 + random.nextInt(4);
        for (int s = 0; s < count; s++) {
            // Now and then beyond the first page of the cache, which is the first chunk of attention as well.
            int length = random.nextInt(8) == 0 ? 250 + random.nextInt(60) : 1 + random.nextInt(40);
            sequences.add(Runs.tokens(length, VOCABULARY, random));
        }
        try (GgufFile file = GgufFile.open(path);
                Kernel reference = new ReferenceKernel()) {
            StageExecutor whole = Runs.whole(file, reference);
            sequences.forEach(tokens -> expected.add(Runs.atOnce(whole, tokens)));
        }
    }

    /** Formats of the model's matrices. */
    public Set<WeightFormat> formats() {
        return architecture.formats();
    }

    /** Runs the texts on {@code kernel} in an order that is drawn. */
    public void check(Kernel kernel) throws IOException {
        try (GgufFile file = GgufFile.open(path)) {
            List<StageExecutor> stages = new ArrayList<>();
            int from = 0;
            while (from < architecture.layers()) {
                int to = from + 1 + random.nextInt(architecture.layers() - from);
                stages.add(StageExecutor.load(file, new LayerRange(from, to), kernel));
                from = to;
            }
            run(kernel, stages);
        }
    }

    private void run(Kernel kernel, List<StageExecutor> stages) {
        List<List<SequenceState>> states = sequences.stream()
                .map(tokens -> stages.stream()
                        .map(stage -> stage.newSequence(tokens.length, Runs.BUDGET))
                        .toList())
                .toList();
        try {
            while (step(kernel, stages, states)) {}
        } finally {
            states.forEach(each -> each.forEach(SequenceState::close));
        }
    }

    /** One batch through all stages; false if nothing was left to do. */
    private boolean step(Kernel kernel, List<StageExecutor> stages, List<List<SequenceState>> states) {
        var chosen = new ArrayList<Integer>();
        for (int s = 0; s < sequences.size(); s++) {
            if (states.get(s).getFirst().length() < sequences.get(s).length) {
                chosen.add(s);
            }
        }
        if (chosen.isEmpty()) {
            return false;
        }
        java.util.Collections.shuffle(chosen, random);
        List<Integer> batch = chosen.subList(0, 1 + random.nextInt(chosen.size()));
        int[] before =
                batch.stream().mapToInt(s -> states.get(s).getFirst().length()).toArray();
        List<StageInput> inputs = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            inputs.add(new StageInput.Tokens(next(sequences.get(batch.get(i)), before[i])));
        }
        List<StageOutput> outputs = List.of();
        for (int stage = 0; stage < stages.size(); stage++) {
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                StageInput input = stage == 0
                        ? inputs.get(i)
                        : new StageInput.Hidden(
                                inputs.get(i).count(), outputs.get(i).hidden());
                steps.add(new Step(states.get(batch.get(i)).get(stage), input, LogitsWanted.ALL));
            }
            outputs = stages.get(stage).forward(steps);
        }
        for (int i = 0; i < batch.size(); i++) {
            compare(kernel, batch.get(i), before[i], outputs.get(i).orThrow().logits());
        }
        return true;
    }

    private int[] next(int[] tokens, int from) {
        int most = random.nextInt(3) == 0 ? 1 : random.nextBoolean() ? 9 : 70;
        return Arrays.copyOfRange(tokens, from, Math.min(tokens.length, from + 1 + random.nextInt(most)));
    }

    private void compare(Kernel kernel, int sequence, int position, float[] logits) {
        float[] right = expected.get(sequence);
        for (int i = 0; i < logits.length; i++) {
            int at = position * VOCABULARY + i;
            if (Float.floatToRawIntBits(right[at]) != Float.floatToRawIntBits(logits[i])) {
                throw new AssertionError(kernel.name() + " differs in the logits of position " + at / VOCABULARY
                        + ", seed " + seed + ", " + architecture);
            }
        }
    }

    /**
     * Looks for an error that was planted into the products with weights of one format, in models that have the format.
     *
     * @return whether one of {@code models} models from {@code firstSeed} on shows it
     */
    public static boolean finds(Kernel broken, WeightFormat format, long firstSeed, int models, Path directory)
            throws IOException {
        int tried = 0;
        for (long seed = firstSeed; tried < models; seed++) {
            var conformance = new ModelConformance(seed, directory);
            if (conformance.formats().contains(format)) {
                tried++;
                try {
                    conformance.check(broken);
                } catch (AssertionError e) {
                    return true;
                }
            }
        }
        return false;
    }
}
