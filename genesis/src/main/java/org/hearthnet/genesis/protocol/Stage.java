package org.hearthnet.genesis.protocol;

import java.util.List;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * One stage of a pipeline.
 *
 * @param executor who runs it
 * @param layers which layers
 * @param price sparks for one layer of one token
 * @param addresses where its neighbours reach it
 */
public record Stage(
        NodeId executor,
        LayerSpan layers,
        long price,
        @Limit(Offer.MAX_ADDRESSES) List<@Limit(Offer.MAX_ADDRESS_BYTES) String> addresses) {
    /** Checks the price. */
    public Stage {
        if (price < 0) {
            throw new IllegalArgumentException("negative price");
        }
    }
}
