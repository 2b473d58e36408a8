package org.hearthnet.inference.exec;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.trace.TraceSink;

/** Ways of running the same tokens through a model. */
final class Runs {
    static final KvBudget BUDGET = new KvBudget(1L << 30);

    private Runs() {}

    static StageExecutor whole(GgufFile file, Kernel kernel) throws IOException {
        return StageExecutor.load(file, ModelConfig.of(file).all(), kernel);
    }

    static int[] tokens(int count, int vocabulary, Random random) {
        return random.ints(count, 0, vocabulary).toArray();
    }

    /** Logits of all positions with the tokens cut at random into inputs of at most {@code most}. */
    static float[] inPieces(StageExecutor model, int[] tokens, int most, Random random, TraceSink sink) {
        float[] out = new float[tokens.length * model.config().vocabulary()];
        try (SequenceState sequence = model.newSequence(tokens.length, BUDGET)) {
            int at = 0;
            while (at < tokens.length) {
                int to = Math.min(tokens.length, at + 1 + random.nextInt(most));
                var input = new StageInput.Tokens(Arrays.copyOfRange(tokens, at, to));
                float[] logits = model.forward(new Step(sequence, input, LogitsWanted.ALL, sink))
                        .logits();
                System.arraycopy(logits, 0, out, at * model.config().vocabulary(), logits.length);
                at = to;
            }
        }
        return out;
    }

    static float[] atOnce(StageExecutor model, int[] tokens) {
        try (SequenceState sequence = model.newSequence(tokens.length, BUDGET)) {
            return model.forward(new Step(sequence, new StageInput.Tokens(tokens), LogitsWanted.ALL))
                    .logits();
        }
    }
}
