package org.hearthnet.genesis.protocol;

import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * An announcement: somebody wants inference. Gossiped in a signed envelope; the prompt itself never is.
 *
 * @param client who pays
 * @param nonce makes two requests of one client differ
 * @param manifest hash of the model's manifest
 * @param arithmeticVersion version of the canonical arithmetic
 * @param promptTokens length of the prompt in tokens
 * @param maxTokens most tokens to generate
 * @param maxPrice most sparks for one layer of one token
 * @param expiryHeight the block height after which nobody should answer
 */
public record JobRequest(
        NodeId client,
        long nonce,
        Hash32 manifest,
        int arithmeticVersion,
        int promptTokens,
        int maxTokens,
        long maxPrice,
        long expiryHeight) {
    /** Domain and encoding. */
    public static final Kind<JobRequest> KIND = Kind.of("hearth/job-request/1", JobRequest.class);

    /** Checks the ranges. */
    public JobRequest {
        if (promptTokens < 1 || maxTokens < 1 || promptTokens > Assignment.MAX_POSITIONS - maxTokens || maxPrice < 0) {
            throw new IllegalArgumentException("a job of " + promptTokens + " + " + maxTokens + " tokens");
        }
    }

    /** The hash that names this request. */
    public Hash32 id() {
        return KIND.hash(this);
    }
}
