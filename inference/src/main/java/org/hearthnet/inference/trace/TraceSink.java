package org.hearthnet.inference.trace;

import java.util.Optional;
import org.hearthnet.genesis.arithmetic.OperationKind;

/**
 * Observes one sequence's run through a stage. Layers are counted in the whole model. Arrays are the engine's own: read
 * them during the call, do not keep or write them. Positions of one layer come in ascending order. Calls come from the
 * thread that runs the pass. Nothing is reported twice.
 */
public interface TraceSink {
    /** Observes nothing. */
    TraceSink NONE = new TraceSink() {};

    /** The output of {@code layer}: [hidden] from {@code offset}. */
    default void residual(int layer, int position, float[] values, int offset, int length) {}

    /** {@link OperationKind#RESIDUAL_MID} of the last layer of the stage: [hidden] from {@code offset}. */
    default void innerResidual(int layer, int position, float[] values, int offset, int length) {}

    /** Whether {@link #cached} is to be called. */
    default boolean wantsCache() {
        return false;
    }

    /** The fp16 bits of rotated keys and of values that a position adds to the cache of {@code layer}, [kvHeads * headDim]. */
    default void cached(int layer, int position, short[] keys, short[] values) {}

    /**
     * The one place of which {@link #operation} shall see every operation, asked for once a pass. {@link
     * OperationKind#SAMPLE} is never among them: whoever samples knows the token.
     */
    default Optional<OperationPlace> place() {
        return Optional.empty();
    }

    /** One operation's result at {@link #place}; the array is the receiver's to keep. */
    default void operation(OperationKind kind, int layer, int position, float[] values) {}
}
