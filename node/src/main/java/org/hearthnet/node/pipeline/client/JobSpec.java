package org.hearthnet.node.pipeline.client;

import java.util.Set;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.node.pipeline.plan.JobLimits;

/**
 * What a client wants.
 *
 * @param manifest the model
 * @param prompt token ids
 * @param maxTokens most tokens of the answer
 * @param sampler how tokens are drawn
 * @param maxPrice most sparks for one layer of one token
 * @param stages wanted number of stages; 0 for whatever is cheapest
 * @param preferred executors to use if they offer
 */
@SuppressWarnings("ArrayRecordComponent")
public record JobSpec(
        ModelManifest manifest,
        int[] prompt,
        int maxTokens,
        SamplerSettings sampler,
        long maxPrice,
        int stages,
        Set<NodeId> preferred) {
    /** Checks that the job fits the model. */
    public JobSpec {
        if (prompt.length < 1 || maxTokens < 1) {
            throw new IllegalArgumentException("a job needs a prompt and room for an answer");
        }
        int most = JobLimits.maxPositions(manifest.shape());
        if (prompt.length > most - maxTokens) {
            throw new IllegalArgumentException("a prompt of " + prompt.length + " tokens and an answer of up to "
                    + maxTokens + " do not fit the " + most + " positions that are possible with " + manifest.name());
        }
        preferred = Set.copyOf(preferred);
    }
}
