package org.hearthnet.inference.exec;

import org.hearthnet.inference.trace.TraceSink;

/**
 * Work of one sequence in one call of {@link StageExecutor#forward}.
 *
 * @param logits ignored by stages that are not the last
 * @param sink observes the run; {@link TraceSink#NONE} costs nothing
 */
public record Step(SequenceState sequence, StageInput input, LogitsWanted logits, TraceSink sink) {
    /** A step that nobody observes. */
    public Step(SequenceState sequence, StageInput input, LogitsWanted logits) {
        this(sequence, input, logits, TraceSink.NONE);
    }

    /** This step, whose sink sees nothing twice even if it has to be run again. */
    Step observedOnce() {
        return new Step(sequence, input, logits, OnceSink.of(sink));
    }
}
