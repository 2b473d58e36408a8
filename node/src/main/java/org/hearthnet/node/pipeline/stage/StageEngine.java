package org.hearthnet.node.pipeline.stage;

import java.util.List;
import java.util.OptionalInt;
import org.hearthnet.genesis.arithmetic.PoisonException;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.exec.StageInput;

/** What runs a model's layers. Thread-safe; runs of several jobs may be open at once. */
public interface StageEngine extends AutoCloseable {
    /** The model. */
    ModelManifest manifest();

    /** The layers that can be run here. */
    LayerSpan held();

    /** Measured layers times positions in a second, one position at a time. */
    int layerTokensPerSecond();

    /**
     * Begins a stage.
     *
     * @throws IllegalStateException if there is no memory for it now
     */
    Run start(Assignment assignment, int stage);

    @Override
    void close();

    /** One stage of one job, used by one thread at a time. */
    interface Run extends AutoCloseable {
        /**
         * Executes the positions that follow those before.
         *
         * @throws PoisonException if a value leaves the range of the arithmetic
         * @throws InterruptedException if the thread is to end; nothing was executed then
         */
        Frame run(StageInput input) throws InterruptedException;

        @Override
        void close();
    }

    /**
     * What came out of some positions.
     *
     * @param hidden the residual stream, positions x hidden; empty at the last stage
     * @param token what was drawn at the last position, if the stage is the last and the position not inside the prompt
     * @param residuals a {@code VectorRoot} of the residual stream for each position
     * @param traces a leaf of the trace root for each position
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Frame(float[] hidden, OptionalInt token, List<Hash32> residuals, List<Hash32> traces) {}
}
