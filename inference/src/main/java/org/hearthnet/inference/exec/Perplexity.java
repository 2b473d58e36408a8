package org.hearthnet.inference.exec;

import java.util.Arrays;

/**
 * How well a model predicts a text: exp of the mean negative log likelihood. For people and tests; no part of the
 * canonical arithmetic.
 *
 * @param scored tokens that were predicted
 */
public record Perplexity(double value, int scored) {
    private static final int CHUNK = 64;

    /**
     * Cuts {@code tokens} into windows, each evaluated on an empty cache; all tokens of a window but the first are
     * scored.
     */
    public static Perplexity measure(StageExecutor model, int[] tokens, int window, KvBudget budget) {
        double sum = 0;
        int scored = 0;
        for (int from = 0; from < tokens.length; from += window) {
            int[] part = Arrays.copyOfRange(tokens, from, Math.min(tokens.length, from + window));
            sum += negativeLogLikelihood(model, part, budget);
            scored += part.length - 1;
        }
        return new Perplexity(Math.exp(sum / scored), scored);
    }

    private static double negativeLogLikelihood(StageExecutor model, int[] tokens, KvBudget budget) {
        int vocabulary = model.config().vocabulary();
        double sum = 0;
        try (SequenceState sequence = model.newSequence(tokens.length, budget)) {
            for (int from = 0; from < tokens.length; from += CHUNK) {
                int to = Math.min(tokens.length, from + CHUNK);
                var input = new StageInput.Tokens(Arrays.copyOfRange(tokens, from, to));
                float[] logits = model.forward(new Step(sequence, input, LogitsWanted.ALL))
                        .logits();
                for (int i = from; i < to && i + 1 < tokens.length; i++) {
                    sum -= logProbability(logits, (i - from) * vocabulary, vocabulary, tokens[i + 1]);
                }
            }
        }
        return sum;
    }

    /** Natural logarithm of the probability of {@code token}, in binary64. */
    static double logProbability(float[] logits, int offset, int vocabulary, int token) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < vocabulary; i++) {
            max = Math.max(max, logits[offset + i]);
        }
        double total = 0;
        for (int i = 0; i < vocabulary; i++) {
            total += Math.exp(logits[offset + i] - max);
        }
        return logits[offset + token] - max - Math.log(total);
    }
}
