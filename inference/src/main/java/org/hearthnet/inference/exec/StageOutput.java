package org.hearthnet.inference.exec;

import java.util.Optional;
import org.hearthnet.genesis.arithmetic.PoisonException;

/**
 * What a step yields: hidden rows, or, at the last stage, logits. A poisoned step yields neither and leaves its
 * sequence as it was.
 *
 * @param hidden [positions][hidden]; empty at the last stage
 * @param logits [wanted positions][vocabulary]; empty at other stages
 */
@SuppressWarnings("ArrayRecordComponent")
public record StageOutput(float[] hidden, float[] logits, Optional<PoisonException> poison) {
    static StageOutput poisoned(PoisonException poison) {
        return new StageOutput(new float[0], new float[0], Optional.of(poison));
    }

    /**
     * Returns this, unless it is poisoned.
     *
     * @throws PoisonException if it is
     */
    public StageOutput orThrow() {
        if (poison.isPresent()) {
            throw poison.get();
        }
        return this;
    }
}
