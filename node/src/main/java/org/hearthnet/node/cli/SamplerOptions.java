package org.hearthnet.node.cli;

import java.security.SecureRandom;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How tokens are drawn, and how many. */
final class SamplerOptions {
    @Option(names = "--max-tokens", defaultValue = "200", description = "Most tokens of the answer (${DEFAULT-VALUE}).")
    private int maxTokens;

    @Option(names = "--temperature", defaultValue = "0.8", description = "0 for the likeliest (${DEFAULT-VALUE}).")
    private float temperature;

    @Option(names = "--top-p", defaultValue = "0.95", description = "Keep this mass of tokens (${DEFAULT-VALUE}).")
    private float topP;

    @Option(names = "--top-k", defaultValue = "0", description = "Keep this many tokens; 0 for all.")
    private int topK;

    @Option(names = "--seed", description = "The same seed gives the same text everywhere; random if not given.")
    private @Nullable Long seed;

    int maxTokens() {
        if (maxTokens < 1) {
            throw CommandException.usage("--max-tokens must be at least 1");
        }
        return maxTokens;
    }

    /** The settings; a seed is drawn once if none was given. */
    SamplerSettings settings() {
        if (seed == null) {
            seed = new SecureRandom().nextLong() >>> 1;
        }
        try {
            return new SamplerSettings(temperature, topK, topP, seed);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }
}
