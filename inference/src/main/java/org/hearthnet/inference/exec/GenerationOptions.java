package org.hearthnet.inference.exec;

import org.hearthnet.genesis.arithmetic.SamplerParameters;

/**
 * How to generate.
 *
 * @param seed of the sampler; the same seed gives the same text on every machine
 * @param maxTokens limit of new tokens, at least 1
 * @param stopAtEnd whether an end token ends the text
 */
public record GenerationOptions(SamplerParameters sampler, long seed, int maxTokens, boolean stopAtEnd) {
    /** Checks the limit. */
    public GenerationOptions {
        if (maxTokens < 1) {
            throw new IllegalArgumentException("at least one token must be allowed, got " + maxTokens);
        }
    }

    /** Default sampling, up to {@code maxTokens} tokens. */
    public static GenerationOptions standard(long seed, int maxTokens) {
        return new GenerationOptions(SamplerParameters.DEFAULT, seed, maxTokens, true);
    }
}
