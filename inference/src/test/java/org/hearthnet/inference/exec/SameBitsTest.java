package org.hearthnet.inference.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.ReferenceKernel;
import org.hearthnet.inference.kernel.VectorKernel;
import org.hearthnet.inference.trace.TraceSink;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a position gives does not depend on how it is computed. */
class SameBitsTest {
    private static final long SEED = 77;

    @TempDir
    private Path directory;

    private GgufFile model(WeightFormat type) throws IOException {
        return model(RandomModel.Kind.LLAMA, type);
    }

    private GgufFile model(RandomModel.Kind kind, WeightFormat type) throws IOException {
        System.out.println("seed " + SEED);
        Path path = directory.resolve("model.gguf");
        RandomModel.tiny(kind, type).write(path, SEED);
        return GgufFile.open(path);
    }

    @ParameterizedTest
    @EnumSource(WeightFormat.class)
    void prefillDecodeAndKernels(WeightFormat type) throws IOException {
        Random random = new Random(SEED);
        int[] tokens = Runs.tokens(120, RandomModel.VOCABULARY, random);
        try (GgufFile file = model(type);
                Kernel reference = new ReferenceKernel();
                Kernel vector = new VectorKernel(2)) {
            float[] expected = Runs.atOnce(Runs.whole(file, reference), tokens);
            StageExecutor fast = Runs.whole(file, vector);
            assertArrayEquals(expected, Runs.atOnce(fast, tokens));
            assertArrayEquals(expected, Runs.inPieces(fast, tokens, 1, random, TraceSink.NONE));
            assertArrayEquals(expected, Runs.inPieces(fast, tokens, 17, random, TraceSink.NONE));
        }
    }

    @ParameterizedTest
    @EnumSource(RandomModel.Kind.class)
    void everyKindOfModel(RandomModel.Kind kind) throws IOException {
        Random random = new Random(SEED);
        int[] tokens = Runs.tokens(120, RandomModel.VOCABULARY, random);
        try (GgufFile file = model(kind, WeightFormat.Q8_0);
                Kernel reference = new ReferenceKernel();
                Kernel vector = new VectorKernel(2)) {
            float[] expected = Runs.atOnce(Runs.whole(file, reference), tokens);
            StageExecutor fast = Runs.whole(file, vector);
            assertArrayEquals(expected, Runs.inPieces(fast, tokens, 1, random, TraceSink.NONE));
            assertArrayEquals(expected, Runs.inPieces(fast, tokens, 50, random, TraceSink.NONE));
        }
    }

    @ParameterizedTest
    @EnumSource(value = WeightFormat.class, names = "Q8_0")
    void promptsBeyondAChunkAndAPass(WeightFormat type) throws IOException {
        Random random = new Random(SEED);
        int[] tokens = Runs.tokens(590, RandomModel.VOCABULARY, random);
        try (GgufFile file = model(type);
                Kernel vector = new VectorKernel(2)) {
            StageExecutor fast = Runs.whole(file, vector);
            float[] expected = Runs.atOnce(fast, tokens);
            assertArrayEquals(expected, Runs.inPieces(fast, tokens, 1, random, TraceSink.NONE));
            assertArrayEquals(expected, Runs.inPieces(fast, tokens, 300, random, TraceSink.NONE));
        }
    }

    @ParameterizedTest
    @EnumSource(WeightFormat.class)
    void stages(WeightFormat type) throws IOException {
        int[] tokens = Runs.tokens(40, RandomModel.VOCABULARY, new Random(SEED));
        try (GgufFile file = model(type);
                Kernel kernel = new VectorKernel(1)) {
            float[] expected = Runs.atOnce(Runs.whole(file, kernel), tokens);
            for (int cut = 1; cut < 3; cut++) {
                assertArrayEquals(expected, twoStages(file, kernel, cut, tokens), "cut before layer " + cut);
            }
        }
    }

    private static float[] twoStages(GgufFile file, Kernel kernel, int cut, int[] tokens) throws IOException {
        StageExecutor first = StageExecutor.load(file, new LayerRange(0, cut), kernel);
        StageExecutor second = StageExecutor.load(file, new LayerRange(cut, 3), kernel);
        try (SequenceState a = first.newSequence(64, Runs.BUDGET);
                SequenceState b = second.newSequence(64, Runs.BUDGET)) {
            float[] hidden = first.forward(new Step(a, new StageInput.Tokens(tokens), LogitsWanted.ALL))
                    .hidden();
            return second.forward(new Step(b, new StageInput.Hidden(tokens.length, hidden), LogitsWanted.ALL))
                    .logits();
        }
    }

    @ParameterizedTest
    @EnumSource(WeightFormat.class)
    void batches(WeightFormat type) throws IOException {
        Random random = new Random(SEED);
        try (GgufFile file = model(type);
                Kernel kernel = new VectorKernel(2)) {
            StageExecutor model = Runs.whole(file, kernel);
            var steps = new ArrayList<Step>();
            var expected = new ArrayList<float[]>();
            for (int s = 0; s < 7; s++) {
                int[] tokens = Runs.tokens(1 + random.nextInt(20), RandomModel.VOCABULARY, random);
                float[] all = Runs.atOnce(model, tokens);
                expected.add(Arrays.copyOfRange(all, all.length - RandomModel.VOCABULARY, all.length));
                SequenceState sequence = model.newSequence(64, Runs.BUDGET);
                // A part goes in before, so that the sequences of the batch stand at different positions.
                int before = random.nextInt(tokens.length);
                if (before > 0) {
                    var prefix = new StageInput.Tokens(Arrays.copyOf(tokens, before));
                    model.forward(new Step(sequence, prefix, LogitsWanted.NONE));
                }
                var rest = new StageInput.Tokens(Arrays.copyOfRange(tokens, before, tokens.length));
                steps.add(new Step(sequence, rest, LogitsWanted.LAST));
            }
            List<StageOutput> outputs = model.forward(steps);
            for (int s = 0; s < steps.size(); s++) {
                assertArrayEquals(expected.get(s), outputs.get(s).logits());
                steps.get(s).sequence().close();
            }
        }
    }
}
