package org.hearthnet.genesis.protocol;

import java.util.List;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * The client's signed plan of one run: who executes which layers of what, for how much. Its {@link #id} names the job in
 * everything that follows; a second attempt after a failure is another assignment.
 *
 * @param request hash of the {@link JobRequest}
 * @param client who pays
 * @param escrow the ledger's escrow that the vouchers draw on
 * @param manifest hash of the model's manifest
 * @param arithmeticVersion version of the canonical arithmetic
 * @param sampler how tokens are drawn
 * @param promptTokens length of the prompt
 * @param maxTokens most tokens to generate
 * @param promptCommitment {@code Commitments.prompt(salt, tokens)}: binds the client without telling the prompt
 * @param stages the pipeline in order; together they cover the model without gap or overlap
 */
public record Assignment(
        Hash32 request,
        NodeId client,
        Hash32 escrow,
        Hash32 manifest,
        int arithmeticVersion,
        SamplerSettings sampler,
        int promptTokens,
        int maxTokens,
        Hash32 promptCommitment,
        @Limit(Assignment.MAX_STAGES) List<Stage> stages) {
    /** Most stages of a pipeline. */
    public static final int MAX_STAGES = 64;

    /** Most positions of a job, prompt and answer together. */
    public static final int MAX_POSITIONS = 1 << 17;

    /** Domain and encoding. */
    public static final Kind<Assignment> KIND = Kind.of("hearth/assignment/1", Assignment.class);

    /** Checks the ranges, and that the stages follow one another without gap. */
    public Assignment {
        if (promptTokens < 1 || maxTokens < 1 || promptTokens > MAX_POSITIONS - maxTokens || stages.isEmpty()) {
            throw new IllegalArgumentException("an assignment needs a prompt, a token limit and a stage");
        }
        int next = 0;
        for (Stage stage : stages) {
            if (stage.layers().from() != next) {
                throw new IllegalArgumentException("no stage begins at layer " + next);
            }
            next = stage.layers().to();
        }
    }

    /** The hash that names this job. */
    public Hash32 id() {
        return KIND.hash(this);
    }

    /** Whether {@code stage} is the last one, which samples. */
    public boolean isLast(int stage) {
        return stage == stages.size() - 1;
    }

    /** What stage {@code stage} may charge for {@code positions} executed positions. */
    public Amount fee(int stage, int positions) {
        return Amount.of(stages.get(stage).price()).times(layerTokens(stage, positions));
    }

    /** Layers times positions of {@code stage}. */
    public long layerTokens(int stage, int positions) {
        return Math.multiplyExact((long) stages.get(stage).layers().count(), positions);
    }
}
