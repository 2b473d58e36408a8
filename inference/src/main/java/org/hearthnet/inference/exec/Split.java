package org.hearthnet.inference.exec;

import java.util.Optional;
import org.hearthnet.inference.kernel.Activations;
import org.hearthnet.inference.kernel.AttentionShape;
import org.hearthnet.inference.kernel.DeviceArray;
import org.hearthnet.inference.kernel.PreparedMatrix;
import org.hearthnet.inference.tensor.Slice;

/**
 * How much of every layer an executor computes: all of it, or the share of one member of a tensor-parallel group. Where a
 * matrix needs a vector of which only a part is here, the rest comes from the group.
 */
sealed interface Split permits WholeLayers, SharedLayers {
    /** The heads that are computed here. */
    AttentionShape attention();

    /** Which elements of a vector are computed here. */
    Slice slice(Part part);

    /** Whether single operations, or every layer's residual stream, can be observed. */
    boolean observesLayers();

    /** A run begins. */
    void begin();

    /** Returns when every member has come as far as this in the run, and none has failed. */
    void agree();

    /** The run has failed here. */
    void fail(RuntimeException error);

    /**
     * The norm of the residual stream, complete, for {@code readers}.
     *
     * @param x [rows][slice of HIDDEN]
     * @param weight [slice of HIDDEN]
     * @param scratch room for [rows][slice of HIDDEN]
     */
    Activations norm(DeviceArray x, int rows, DeviceArray weight, DeviceArray scratch, PreparedMatrix... readers);

    /**
     * A vector, complete, for {@code reader}.
     *
     * @param values [rows][slice of {@code part}]
     */
    Activations whole(Part part, DeviceArray values, int rows, PreparedMatrix reader);

    /**
     * A vector as it is, complete, in the member that gives the outputs; nothing in the others of a group.
     *
     * @param values [rows][slice of {@code part}]
     * @return [rows][width of {@code part}], until the next exchange
     */
    Optional<DeviceArray> complete(Part part, DeviceArray values, int rows);

    /** The vectors whose elements are shared out. */
    enum Part {
        /** The residual stream. */
        HIDDEN,
        /** Queries and what attention makes of them, by heads. */
        QUERIES,
        /** Keys and values, by heads. */
        KEYS,
        /** Between the projections of the feed-forward layer. */
        FEED_FORWARD,
        /** Logits. */
        VOCABULARY;

        int width(ModelConfig config) {
            return switch (this) {
                case HIDDEN -> config.hidden();
                case QUERIES -> config.attention().queryWidth();
                case KEYS -> config.attention().kvWidth();
                case FEED_FORWARD -> config.feedForward();
                case VOCABULARY -> config.vocabulary();
            };
        }
    }
}
