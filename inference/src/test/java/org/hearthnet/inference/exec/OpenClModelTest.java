package org.hearthnet.inference.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.Kernels;
import org.hearthnet.inference.kernel.VectorKernel;
import org.hearthnet.inference.opencl.OpenClDevices;
import org.hearthnet.inference.trace.OperationPlace;
import org.hearthnet.inference.trace.TraceSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole models on an OpenCL device: layers, caches, traces and poison, against the vector kernel. */
class OpenClModelTest {
    private static final long SEED = 78;

    @TempDir
    private Path directory;

    private GgufFile model(RandomModel.Kind kind, WeightFormat type) throws IOException {
        System.out.println("seed " + SEED);
        Path path = directory.resolve("model.gguf");
        RandomModel.tiny(kind, type).write(path, SEED);
        return GgufFile.open(path);
    }

    private static Kernel device() {
        return Kernels.choose("opencl:" + OpenClDevices.usable().getFirst(), 2);
    }

    @ParameterizedTest
    @EnumSource(RandomModel.Kind.class)
    void everyKindOfModel(RandomModel.Kind kind) throws IOException {
        Random random = new Random(SEED);
        int[] tokens = Runs.tokens(300, RandomModel.VOCABULARY, random);
        try (Kernel device = device();
                GgufFile file = model(kind, WeightFormat.Q8_0);
                Kernel vector = new VectorKernel(2)) {
            float[] expected = Runs.atOnce(Runs.whole(file, vector), tokens);
            StageExecutor onDevice = Runs.whole(file, device);
            assertArrayEquals(expected, Runs.atOnce(onDevice, tokens));
            assertArrayEquals(expected, Runs.inPieces(onDevice, tokens, 50, random, TraceSink.NONE));
        }
    }

    /** What a run shows to those who look on. */
    private static final class Digest implements TraceSink {
        private long sum = 1;

        @Override
        public void residual(int layer, int position, float[] values, int offset, int length) {
            add(Arrays.hashCode(Arrays.copyOfRange(values, offset, offset + length)));
        }

        @Override
        public void innerResidual(int layer, int position, float[] values, int offset, int length) {
            residual(layer, position, values, offset, length);
        }

        @Override
        public boolean wantsCache() {
            return true;
        }

        @Override
        public void cached(int layer, int position, short[] keys, short[] values) {
            add(Arrays.hashCode(keys) * 31 + Arrays.hashCode(values));
        }

        @Override
        public Optional<OperationPlace> place() {
            return Optional.of(new OperationPlace(1, 20));
        }

        @Override
        public void operation(OperationKind kind, int layer, int position, float[] values) {
            add(kind.ordinal() + 31L * Arrays.hashCode(values));
        }

        private void add(long value) {
            sum = sum * 1_000_003 + value;
        }
    }

    @Test
    void traces() throws IOException {
        int[] tokens = Runs.tokens(30, RandomModel.VOCABULARY, new Random(SEED));
        try (Kernel device = device();
                GgufFile file = model(RandomModel.Kind.LLAMA, WeightFormat.Q4_0);
                Kernel vector = new VectorKernel(2)) {
            var expected = new Digest();
            Runs.inPieces(Runs.whole(file, vector), tokens, 8, new Random(SEED), expected);
            var actual = new Digest();
            Runs.inPieces(Runs.whole(file, device), tokens, 8, new Random(SEED), actual);
            assertTrue(expected.sum != 1);
            assertEquals(expected.sum, actual.sum);
        }
    }

    @Test
    void poisonOfOneSequenceLeavesTheOthers() throws IOException {
        try (Kernel device = device();
                GgufFile file = model(RandomModel.Kind.LLAMA, WeightFormat.Q8_0)) {
            StageExecutor stage = StageExecutor.load(
                    file, new LayerRange(1, ModelConfig.of(file).layers()), device);
            float[] sound = new float[stage.config().hidden()];
            Arrays.fill(sound, 0.25f);
            float[] bad = sound.clone();
            bad[3] = 9e29f;
            float[] expected = run(stage, sound).getFirst().orThrow().logits();
            List<StageOutput> outputs = run(stage, sound, bad, sound);
            assertArrayEquals(expected, outputs.get(0).orThrow().logits());
            assertTrue(outputs.get(1).poison().isPresent());
            assertArrayEquals(expected, outputs.get(2).orThrow().logits());
            assertArrayEquals(expected, run(stage, sound).getFirst().orThrow().logits());
        }
    }

    private static List<StageOutput> run(StageExecutor stage, float[]... inputs) {
        List<Step> steps = Arrays.stream(inputs)
                .map(x -> new Step(stage.newSequence(8, Runs.BUDGET), new StageInput.Hidden(1, x), LogitsWanted.LAST))
                .toList();
        try {
            return stage.forward(steps);
        } finally {
            steps.forEach(step -> step.sequence().close());
        }
    }
}
