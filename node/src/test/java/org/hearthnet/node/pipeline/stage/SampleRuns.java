package org.hearthnet.node.pipeline.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.genesis.protocol.Stage;
import org.hearthnet.inference.exec.StageInput;
import org.hearthnet.node.pipeline.TestKeys;
import org.hearthnet.node.pipeline.TestModel;

/** Stages of jobs, by number: the same number gives the same inputs. */
public final class SampleRuns {
    private static final int ANSWER = 12;

    private SampleRuns() {}

    /** Some jobs run the whole model, others its second half: several batchers work side by side. */
    public static List<StageEngine.Frame> run(ModelEngine engine, int number) throws InterruptedException {
        Random random = new Random(4_000 + number);
        int prompt = 3 + random.nextInt(90);
        boolean whole = number % 3 != 0;
        int layers = TestModel.MANIFEST.shape().layers();
        LayerSpan span = whole ? new LayerSpan(0, layers) : new LayerSpan(layers / 2, layers);
        Assignment assignment = assignment(number, prompt, span, layers);
        List<StageEngine.Frame> frames = new ArrayList<>();
        try (StageEngine.Run run = engine.start(assignment, whole ? 0 : 1)) {
            frames.add(run.run(input(random, whole, prompt)));
            for (int i = 1; i < ANSWER; i++) {
                frames.add(run.run(input(random, whole, 1)));
            }
        }
        return frames;
    }

    private static StageInput input(Random random, boolean tokens, int count) {
        if (tokens) {
            return new StageInput.Tokens(random.ints(count, 0, 300).toArray());
        }
        float[] values = new float[count * TestModel.MANIFEST.shape().hidden()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new StageInput.Hidden(count, values);
    }

    private static Assignment assignment(int number, int prompt, LayerSpan span, int layers) {
        List<Stage> stages = new ArrayList<>();
        if (span.from() > 0) {
            stages.add(new Stage(TestKeys.key(2).id(), new LayerSpan(0, span.from()), 1, List.of()));
        }
        stages.add(new Stage(TestKeys.key(2).id(), new LayerSpan(span.from(), layers), 1, List.of()));
        return new Assignment(
                Hash32.ZERO,
                TestKeys.key(1).id(),
                Hash32.ZERO,
                TestModel.MANIFEST.id(),
                TestModel.MANIFEST.arithmeticVersion(),
                new SamplerSettings(0.8f, 0, 0.95f, number),
                prompt,
                ANSWER,
                Hash32.ZERO,
                stages);
    }

    public static void assertSame(List<StageEngine.Frame> expected, List<StageEngine.Frame> actual, String what) {
        assertEquals(expected.size(), actual.size(), what);
        for (int i = 0; i < expected.size(); i++) {
            String where = what + ", frame " + i;
            assertEquals(expected.get(i).token(), actual.get(i).token(), where);
            assertEquals(expected.get(i).traces(), actual.get(i).traces(), where);
            assertEquals(expected.get(i).residuals(), actual.get(i).residuals(), where);
            assertArrayEquals(expected.get(i).hidden(), actual.get(i).hidden(), where);
        }
    }
}
