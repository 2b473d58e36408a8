package org.hearthnet.inference.bench;

import java.util.Random;
import java.util.function.Consumer;
import org.hearthnet.genesis.proof.VectorRoot;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.LogitsWanted;
import org.hearthnet.inference.exec.SequenceState;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.exec.StageInput;
import org.hearthnet.inference.exec.Step;
import org.hearthnet.inference.trace.TraceSink;

/**
 * Re-verification against generation: the same positions once one at a time, as they are generated, and once all together
 * with known inputs (teacher-forced), as a verifier computes them; both hash the boundary at every position.
 */
public final class StageBench {
    /** Positions. */
    public static final int POSITIONS = 512;

    private final StageExecutor model;
    private final KvBudget budget;
    private final Consumer<String> progress;
    private final int[] tokens;

    /** A bench of {@code model}. */
    public StageBench(StageExecutor model, KvBudget budget, Consumer<String> progress) {
        this.model = model;
        this.budget = budget;
        this.progress = progress;
        this.tokens =
                new Random(1).ints(POSITIONS, 0, model.config().vocabulary()).toArray();
    }

    /**
     * Medians.
     *
     * @param hashSeconds of the generation's time, what hashing of boundaries took
     */
    public record Result(double generateSeconds, double verifySeconds, double hashSeconds) {}

    /** Measures; the first round only warms up. */
    public Result run(int rounds) {
        double[] generate = new double[rounds];
        double[] verify = new double[rounds];
        double[] hash = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            progress.accept(round < 0 ? "warming up" : "round " + (round + 1) + " of " + rounds);
            var boundary = new BoundarySink(model.range().toExclusive() - 1);
            double alone = seconds(1, boundary);
            double together = seconds(POSITIONS, new BoundarySink(model.range().toExclusive() - 1));
            if (round >= 0) {
                generate[round] = alone;
                verify[round] = together;
                hash[round] = boundary.nanos / 1e9;
            }
        }
        return new Result(Medians.of(generate), Medians.of(verify), Medians.of(hash));
    }

    private double seconds(int atOnce, TraceSink sink) {
        try (SequenceState sequence = model.newSequence(POSITIONS, budget)) {
            long start = System.nanoTime();
            for (int from = 0; from < POSITIONS; from += atOnce) {
                int[] part = java.util.Arrays.copyOfRange(tokens, from, from + atOnce);
                model.forward(new Step(sequence, new StageInput.Tokens(part), LogitsWanted.ALL, sink));
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }

    /** Hashes the stage's last residual stream at every position. */
    private static final class BoundarySink implements TraceSink {
        private final int last;
        private long nanos;

        BoundarySink(int last) {
            this.last = last;
        }

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
