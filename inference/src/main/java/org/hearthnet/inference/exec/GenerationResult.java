package org.hearthnet.inference.exec;

/**
 * A finished generation.
 *
 * @param tokens new tokens, an end token included
 * @param text what they say, control tokens left out
 */
@SuppressWarnings("ArrayRecordComponent")
public record GenerationResult(int[] promptTokens, int[] tokens, String text, StopReason reason) {
    /** Why a generation ended. */
    public enum StopReason {
        /** The model gave an end token. */
        END_TOKEN,
        /** The limit of new tokens. */
        TOKEN_LIMIT,
        /** The context is full. */
        CONTEXT_FULL
    }
}
