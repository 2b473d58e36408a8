package org.hearthnet.inference.exec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.VectorKernel;

/**
 * What the engine says to a text, teacher-forced, at every position but the last.
 *
 * @param top the likeliest next token
 * @param lead by how much its logit exceeds the second
 * @param logProbability natural logarithm of the probability of the token that follows
 */
@SuppressWarnings("ArrayRecordComponent")
record TextScores(int[] top, double[] lead, double[] logProbability) {
    /** Scores of each text, from an empty cache. */
    static List<TextScores> of(Path model, List<int[]> texts) throws IOException {
        try (GgufFile file = GgufFile.open(model);
                Kernel kernel = new VectorKernel(2)) {
            StageExecutor engine = Runs.whole(file, kernel);
            return texts.stream().map(tokens -> of(engine, tokens)).toList();
        }
    }

    private static TextScores of(StageExecutor engine, int[] tokens) {
        float[] logits = Runs.atOnce(engine, tokens);
        int vocabulary = engine.config().vocabulary();
        int positions = tokens.length - 1;
        var out = new TextScores(new int[positions], new double[positions], new double[positions]);
        for (int i = 0; i < positions; i++) {
            out.rank(logits, i * vocabulary, vocabulary, i);
            out.logProbability[i] = Perplexity.logProbability(logits, i * vocabulary, vocabulary, tokens[i + 1]);
        }
        return out;
    }

    private void rank(float[] logits, int at, int vocabulary, int position) {
        float first = Float.NEGATIVE_INFINITY;
        float second = first;
        for (int token = 0; token < vocabulary; token++) {
            float logit = logits[at + token];
            if (logit > first) {
                second = first;
                first = logit;
                top[position] = token;
            } else {
                second = Math.max(second, logit);
            }
        }
        lead[position] = first - second;
    }
}
