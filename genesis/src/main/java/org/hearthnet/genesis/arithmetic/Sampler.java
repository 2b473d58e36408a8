package org.hearthnet.genesis.arithmetic;

/**
 * Draws a token from logits, the same one on every machine (specification section 14). The canonical order of tokens is
 * by descending logit, then ascending id. With {@code e_i = exp((l_i - max) / temperature)}:
 *
 * <ol>
 *   <li>candidates are the first top-k tokens in canonical order whose {@code e} is not 0;
 *   <li>{@code total} is the chunked lane sum of {@code e} by ascending id, 0 standing for non-candidates;
 *   <li>candidates are kept in canonical order until their running sum reaches {@code topP * total};
 *   <li>the token is the first whose running sum exceeds {@code u * mass}, where {@code mass} is the running sum of all
 *       that were kept and {@code u} is {@link Philox#uniform} of (seed, position); if none does, the last kept.
 * </ol>
 */
public final class Sampler {
    private Sampler() {}

    /**
     * The token for the place after {@code position}.
     *
     * @param logits [vocabulary] of {@code position}
     */
    public static int sample(float[] logits, SamplerParameters parameters, long seed, int position) {
        return sample(logits, 0, logits.length, parameters, seed, position);
    }

    /** The same for logits inside a larger array. */
    public static int sample(
            float[] logits, int offset, int vocabulary, SamplerParameters parameters, long seed, int position) {
        Poison.checkAll(logits, offset, vocabulary, "logits");
        int best = greedy(logits, offset, vocabulary);
        if (parameters.temperature() == 0f) {
            return best;
        }
        float[] e = exponentials(logits, offset, vocabulary, logits[offset + best], parameters.temperature());
        var order = new CandidateQueue(logits, offset, e);
        if (parameters.topK() > 0 && parameters.topK() < vocabulary) {
            order.keepFirst(parameters.topK());
            e = order.masked(e);
        }
        float threshold = parameters.topP() < 1f
                ? parameters.topP() * LaneSum.chunkedSum(e, 0, e.length)
                : Float.POSITIVE_INFINITY;
        return draw(order, e, threshold, Philox.uniform(seed, position));
    }

    /** The token with the greatest logit, the lowest id among equals. */
    public static int greedy(float[] logits, int offset, int vocabulary) {
        int best = 0;
        for (int i = 1; i < vocabulary; i++) {
            if (logits[offset + i] > logits[offset + best]) {
                best = i;
            }
        }
        return best;
    }

    private static float[] exponentials(float[] logits, int offset, int vocabulary, float max, float temperature) {
        float[] e = new float[vocabulary];
        for (int i = 0; i < vocabulary; i++) {
            e[i] = Exponential.exp((logits[offset + i] - max) / temperature);
        }
        return e;
    }

    private static int draw(CandidateQueue order, float[] e, float threshold, float uniform) {
        float mass = 0f;
        int kept = 0;
        while (kept < order.size() && mass < threshold) {
            mass = mass + e[order.at(kept++)];
        }
        float target = uniform * mass;
        float running = 0f;
        for (int i = 0; i < kept; i++) {
            running = running + e[order.at(i)];
            if (running > target) {
                return order.at(i);
            }
        }
        return order.at(kept - 1);
    }
}
