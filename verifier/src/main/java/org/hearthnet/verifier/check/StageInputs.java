package org.hearthnet.verifier.check;

import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.Receipt;

/**
 * What an executor serves to whoever checks its receipt: the stage's inputs, never its outputs. Arrays are not copied and
 * must not be written to.
 *
 * @param tokens of the first stage: the prompt, and the tokens fed back to it ({@link #firstStageTokens}); of a last stage
 *     that is not the first: the prompt; else empty
 * @param salt of the prompt commitment, for the first and the last stage
 * @param activations of a stage that is not the first: [positions][hidden]; else empty
 */
@SuppressWarnings("ArrayRecordComponent")
public record StageInputs(
        Assignment assignment, Receipt receipt, int[] tokens, Optional<Hash32> salt, float[] activations) {
    /** Inputs of a first stage, which may also be the last. */
    public static StageInputs first(Assignment assignment, Receipt receipt, int[] tokens, Hash32 salt) {
        return new StageInputs(assignment, receipt, tokens, Optional.of(salt), new float[0]);
    }

    /** Inputs of a stage between others. */
    public static StageInputs middle(Assignment assignment, Receipt receipt, float[] activations) {
        return new StageInputs(assignment, receipt, new int[0], Optional.empty(), activations);
    }

    /** Inputs of a last stage that is not the first. */
    public static StageInputs last(
            Assignment assignment, Receipt receipt, int[] prompt, Hash32 salt, float[] activations) {
        return new StageInputs(assignment, receipt, prompt, Optional.of(salt), activations);
    }

    /** How many tokens a first stage serves: all of the prompt, even if not all of it was executed. */
    public static int firstStageTokens(int promptTokens, int positions) {
        return Math.max(promptTokens, positions);
    }

    /** Whether the stage takes tokens. */
    public boolean isFirst() {
        return receipt.stage() == 0;
    }

    /** Whether the stage draws tokens. */
    public boolean isLast() {
        return assignment.isLast(receipt.stage());
    }

    /** The stage's layers. */
    public LayerSpan span() {
        return assignment.stages().get(receipt.stage()).layers();
    }
}
