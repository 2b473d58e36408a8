package org.hearthnet.node.pipeline.stage;

import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.LogitsWanted;
import org.hearthnet.inference.exec.SequenceState;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.exec.StageInput;
import org.hearthnet.inference.exec.Step;

/** Measures how fast a span runs at batch 1, which is what offers tell. */
final class SpeedTest {
    private static final int POSITIONS = 8;
    private static final long MAX_NANOS = 500_000_000;

    private SpeedTest() {}

    /** Layers times positions in a second, at least 1; takes well under a second, or one position if that is slower. */
    static int layerTokensPerSecond(StageExecutor executor, KvBudget budget) {
        try (SequenceState sequence = executor.newSequence(POSITIONS, budget)) {
            long start = System.nanoTime();
            int done = 0;
            while (done < POSITIONS && System.nanoTime() - start < MAX_NANOS) {
                executor.forward(new Step(sequence, input(executor), LogitsWanted.NONE));
                done++;
            }
            double seconds = Math.max(1, System.nanoTime() - start) / 1e9;
            return (int) Math.clamp((long) (done * executor.range().size() / seconds), 1, Integer.MAX_VALUE);
        }
    }

    private static StageInput input(StageExecutor executor) {
        return executor.isFirst()
                ? new StageInput.Tokens(new int[] {0})
                : new StageInput.Hidden(1, new float[executor.config().hidden()]);
    }
}
