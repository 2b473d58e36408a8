package org.hearthnet.inference.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.Kernels;
import org.hearthnet.inference.kernel.ReferenceKernel;
import org.hearthnet.inference.kernel.VectorKernel;
import org.hearthnet.inference.opencl.OpenClDevices;
import org.hearthnet.inference.tensor.Group;
import org.hearthnet.inference.tensor.GroupLink;
import org.hearthnet.inference.tensor.MemoryGroup;
import org.hearthnet.inference.trace.TraceSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A group of members yields the bits of one machine, and fails as one. */
@Timeout(300)
class TensorGroupTest {
    @TempDir
    private Path directory = Path.of("");

    /** Random models, batches and cuts; groups of mixed kernels. */
    @Test
    void groupsYieldTheBitsOfOneMachine() throws Exception {
        int shared = 0;
        for (long seed = 1; seed <= 40; seed++) {
            int members = 2 + (int) (seed % 3);
            shared += compare(seed, members) ? 1 : 0;
        }
        assertTrue(shared >= 10, "only " + shared + " models could be shared");
    }

    private boolean compare(long seed, int members) throws Exception {
        var architecture = new RandomArchitecture(seed);
        Path path = directory.resolve("model-" + seed + ".gguf");
        architecture.write(path);
        try (GgufFile file = GgufFile.open(path);
                Kernel reference = new ReferenceKernel()) {
            StageExecutor whole = Runs.whole(file, reference);
            var texts = new ArrayList<int[]>();
            var random = new Random(seed);
            for (int s = 0; s < 3; s++) {
                texts.add(Runs.tokens(1 + random.nextInt(30), RandomModel.VOCABULARY, random));
            }
            List<List<float[]>> outputs;
            try {
                outputs = together(members, link -> batches(file, link, texts, seed));
            } catch (IllegalArgumentException e) {
                assertTrue(String.valueOf(e.getMessage()).contains("cannot share"), e::toString);
                return false;
            }
            for (int s = 0; s < texts.size(); s++) {
                String where = "seed " + seed + ", " + members + " members, text " + s + ", " + architecture;
                assertArrayEquals(
                        Runs.atOnce(whole, texts.get(s)), outputs.getFirst().get(s), where);
                assertEquals(0, sum(outputs.get(1).get(s)), where);
            }
            return true;
        }
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += Math.abs(value);
        }
        return sum;
    }

    /** All texts in batches that are drawn; the same draws in every member. */
    private static List<float[]> batches(GgufFile file, GroupLink link, List<int[]> texts, long seed)
            throws IOException {
        var random = new Random(seed + 1);
        try (Kernel kernel = link.self() == 1 ? new ReferenceKernel() : new VectorKernel(1)) {
            StageExecutor share = StageExecutor.loadShare(
                    file, ModelConfig.of(file).all(), kernel, new Group(link), GroupDirector.NONE, done -> {});
            List<float[]> logits = new ArrayList<>();
            List<SequenceState> sequences = new ArrayList<>();
            for (int[] text : texts) {
                sequences.add(share.newSequence(text.length, Runs.BUDGET));
                logits.add(new float[text.length * share.config().vocabulary()]);
            }
            while (true) {
                var steps = new ArrayList<Step>();
                var places = new ArrayList<int[]>();
                for (int s = 0; s < texts.size(); s++) {
                    int from = sequences.get(s).length();
                    int to = Math.min(texts.get(s).length, from + 1 + random.nextInt(12));
                    if (from < to && random.nextInt(3) > 0) {
                        var input = new StageInput.Tokens(Arrays.copyOfRange(texts.get(s), from, to));
                        steps.add(new Step(sequences.get(s), input, LogitsWanted.ALL));
                        places.add(new int[] {s, from * share.config().vocabulary()});
                    }
                }
                if (!steps.isEmpty()) {
                    List<StageOutput> outputs = share.forward(steps);
                    for (int i = 0; i < places.size(); i++) {
                        float[] out = outputs.get(i).orThrow().logits();
                        System.arraycopy(out, 0, logits.get(places.get(i)[0]), places.get(i)[1], out.length);
                    }
                } else if (allDone(sequences, texts)) {
                    return logits;
                }
            }
        }
    }

    private static boolean allDone(List<SequenceState> sequences, List<int[]> texts) {
        for (int s = 0; s < texts.size(); s++) {
            if (sequences.get(s).length() < texts.get(s).length) {
                return false;
            }
        }
        return true;
    }

    /** Runs all members at once; throws what the first of them threw. */
    static <T> List<T> together(int members, Member<T> work) throws Exception {
        var group = new MemoryGroup(members);
        return together(group, members, work);
    }

    /** What a member does. */
    @FunctionalInterface
    interface Member<T> {
        T run(GroupLink link) throws Exception;
    }

    static <T> List<T> together(MemoryGroup group, int members, Member<T> work) throws Exception {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            IntFunction<Callable<T>> task = m -> () -> work.run(group.link(m));
            List<Future<T>> running = new ArrayList<>();
            for (int m = 0; m < members; m++) {
                running.add(threads.submit(task.apply(m)));
            }
            List<T> out = new ArrayList<>();
            for (Future<T> each : running) {
                try {
                    out.add(each.get());
                } catch (java.util.concurrent.ExecutionException e) {
                    throw e.getCause() instanceof Exception known ? known : e;
                }
            }
            return out;
        }
    }

    /** On the device that the tests have, beside the processor; stage by stage, as in a pipeline of groups. */
    @Test
    void devicesAndProcessorsShareStages() throws Exception {
        String device = "opencl:" + OpenClDevices.usable().getFirst();
        Path path = directory.resolve("tiny.gguf");
        RandomModel.tiny(RandomModel.Kind.QWEN3, WeightFormat.Q8_0).write(path, 9);
        try (GgufFile file = GgufFile.open(path);
                Kernel reference = new ReferenceKernel()) {
            int[] text = Runs.tokens(20, RandomModel.VOCABULARY, new Random(5));
            StageExecutor whole = Runs.whole(file, reference);
            List<LayerRange> stages = List.of(
                    new LayerRange(0, 2), new LayerRange(2, whole.config().layers()));
            StageInput input = new StageInput.Tokens(text);
            for (LayerRange range : stages) {
                StageInput in = input;
                List<Observed> outputs = together(2, link -> {
                    try (Kernel kernel = Kernels.choose(link.self() == 0 ? "vector" : device, 1)) {
                        return Observed.of(
                                StageExecutor.loadShare(
                                        file, range, kernel, new Group(link), GroupDirector.NONE, done -> {}),
                                in);
                    }
                });
                Observed right = Observed.of(StageExecutor.load(file, range, reference), in);
                right.assertSame(outputs.getFirst(), range.toString());
                input = new StageInput.Hidden(
                        text.length, outputs.getFirst().output().hidden());
            }
        }
    }

    /** What a stage yields, with the residual streams that its receipt is made of. */
    private record Observed(StageOutput output, List<float[]> middles, List<float[]> residuals) {
        static Observed of(StageExecutor stage, StageInput input) {
            List<float[]> middles = new ArrayList<>();
            List<float[]> residuals = new ArrayList<>();
            int last = stage.range().toExclusive() - 1;
            TraceSink sink = new TraceSink() {
                @Override
                public void innerResidual(int layer, int position, float[] values, int offset, int length) {
                    middles.add(Arrays.copyOfRange(values, offset, offset + length));
                }

                @Override
                public void residual(int layer, int position, float[] values, int offset, int length) {
                    if (layer == last) {
                        residuals.add(Arrays.copyOfRange(values, offset, offset + length));
                    }
                }
            };
            try (SequenceState sequence = stage.newSequence(input.count(), Runs.BUDGET)) {
                StageOutput output = stage.forward(new Step(sequence, input, LogitsWanted.ALL, sink));
                return new Observed(output, middles, residuals);
            }
        }

        void assertSame(Observed other, String where) {
            assertArrayEquals(output.hidden(), other.output.hidden(), where);
            assertArrayEquals(output.logits(), other.output.logits(), where);
            assertEquals(middles.size(), other.middles.size(), where);
            for (int i = 0; i < middles.size(); i++) {
                assertArrayEquals(middles.get(i), other.middles.get(i), where);
                assertArrayEquals(residuals.get(i), other.residuals.get(i), where);
            }
        }
    }
}
