package org.hearthnet.genesis.arithmetic;

/**
 * How a token is drawn from logits.
 *
 * @param temperature 0 for greedy decoding, at most 100
 * @param topK number of best candidates kept, 0 for all
 * @param topP probability mass kept, above 0, 1 for all
 */
public record SamplerParameters(float temperature, int topK, float topP) {
    /** Greedy decoding. */
    public static final SamplerParameters GREEDY = new SamplerParameters(0f, 0, 1f);

    /** The usual settings for prose: temperature 0.8, top-p 0.95. */
    public static final SamplerParameters DEFAULT = new SamplerParameters(0.8f, 0, 0.95f);

    /** Checks the ranges. */
    public SamplerParameters {
        if (!(temperature >= 0f && temperature <= 100f)) {
            throw new IllegalArgumentException("temperature must lie in 0..100, got " + temperature);
        }
        if (topK < 0) {
            throw new IllegalArgumentException("top-k must not be negative, got " + topK);
        }
        if (!(topP > 0f && topP <= 1f)) {
            throw new IllegalArgumentException("top-p must lie in (0, 1], got " + topP);
        }
    }
}
