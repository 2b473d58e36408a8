package org.hearthnet.inference.bench;

import java.util.Arrays;
import java.util.Random;
import org.hearthnet.genesis.proof.VectorRoot;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.LogitsWanted;
import org.hearthnet.inference.exec.Progress;
import org.hearthnet.inference.exec.SequenceState;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.exec.StageInput;
import org.hearthnet.inference.exec.Step;
import org.hearthnet.inference.trace.TraceSink;

/**
 * Re-verification of a stage against generation: the same positions one at a time, as they are generated, and many together
 * with known inputs (teacher-forced), as a verifier computes them. Both hash the boundary at every position.
 */
public final class StageBench {
    /** Positions. */
    public static final int POSITIONS = 512;

    /** What a verifier gives to the stage at once; bounds the logits that are held. */
    private static final int TOGETHER = 256;

    private static final int WARM_UP = 48;

    private final StageExecutor stage;
    private final KvBudget budget;
    private final int[] tokens;
    private final float[] hidden;

    /** A bench of {@code stage}. */
    public StageBench(StageExecutor stage, KvBudget budget) {
        this.stage = stage;
        this.budget = budget;
        Random random = new Random(1);
        int vocabulary = stage.config().vocabulary();
        this.tokens = stage.isFirst() ? random.ints(POSITIONS, 0, vocabulary).toArray() : new int[0];
        this.hidden = new float[stage.isFirst() ? 0 : POSITIONS * stage.config().hidden()];
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = (float) random.nextGaussian();
        }
    }

    /**
     * Medians.
     *
     * @param hashSeconds what hashing of boundaries took of the generation's time
     */
    public record Result(double generateSeconds, double verifySeconds, double hashSeconds) {}

    /**
     * Measures; a short round that only warms up comes first.
     *
     * @param rounds at least one
     */
    public Result run(int rounds, Progress progress) {
        progress.at("measuring", 0, rounds + 1L);
        seconds(WARM_UP, 1, new BoundarySink());
        seconds(POSITIONS, TOGETHER, new BoundarySink());
        double[] generate = new double[rounds];
        double[] verify = new double[rounds];
        double[] hash = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            progress.at("measuring", round + 1L, rounds + 1L); // after the warm-up
            var boundary = new BoundarySink();
            generate[round] = seconds(POSITIONS, 1, boundary);
            verify[round] = seconds(POSITIONS, TOGETHER, new BoundarySink());
            hash[round] = boundary.nanos / 1e9;
        }
        progress.at("measuring", rounds + 1L, rounds + 1L);
        return new Result(Medians.of(generate), Medians.of(verify), Medians.of(hash));
    }

    private double seconds(int positions, int atOnce, TraceSink sink) {
        try (SequenceState sequence = stage.newSequence(positions, budget)) {
            long start = System.nanoTime();
            for (int from = 0; from < positions; from += atOnce) {
                int to = Math.min(positions, from + atOnce);
                stage.forward(new Step(sequence, input(from, to), LogitsWanted.ALL, sink));
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private StageInput input(int from, int to) {
        if (stage.isFirst()) {
            return new StageInput.Tokens(Arrays.copyOfRange(tokens, from, to));
        }
        int width = stage.config().hidden();
        return new StageInput.Hidden(to - from, Arrays.copyOfRange(hidden, from * width, to * width));
    }

    /** Hashes the stage's last residual stream at every position. */
    private final class BoundarySink implements TraceSink {
        private final int last = stage.range().toExclusive() - 1;
        private long nanos;

        @Override
        public void residual(int layer, int position, float[] values, int offset, int length) {
            if (layer == last) {
                long start = System.nanoTime();
                VectorRoot.of(values, offset, length);
                nanos += System.nanoTime() - start;
            }
        }
    }
}
