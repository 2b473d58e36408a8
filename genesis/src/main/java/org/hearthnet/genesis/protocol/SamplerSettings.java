package org.hearthnet.genesis.protocol;

/**
 * How tokens are drawn from logits; part of the exact arithmetic.
 *
 * @param temperature 0 for greedy decoding, else up to 10
 * @param topK keep this many of the likeliest tokens; 0 for all
 * @param topP keep the likeliest tokens up to this mass, in (0, 1]
 * @param seed key of the counter-based generator; the counter is the position
 */
public record SamplerSettings(float temperature, int topK, float topP, long seed) {
    /** Checks the ranges. */
    public SamplerSettings {
        if (!(temperature >= 0 && temperature <= 10) || topK < 0 || !(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException(
                    "not a sampler: temperature " + temperature + ", top-k " + topK + ", top-p " + topP);
        }
    }
}
