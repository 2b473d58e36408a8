package org.hearthnet.genesis.proof;

import java.util.List;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.codec.Tag;
import org.hearthnet.genesis.primitive.Hash32;

/**
 * Where the input of a (layer, position) comes from, opened to what the executor committed to before the position was
 * picked: so its operations cannot be fed with anything but the output of the operations before them.
 */
public sealed interface LayerInput {
    /** Longest Merkle path of positions. */
    int MAX_PATH = 17;

    /**
     * Layer 0: the token whose embedding enters.
     *
     * @param token the token
     * @param path from its leaf to the receipt's input root
     */
    @Tag(1)
    record Token(int token, @Limit(MAX_PATH) List<Hash32> path) implements LayerInput {}

    /**
     * The first layer of a later stage: what came over the boundary.
     *
     * @param residual root of the residual stream
     * @param path from its boundary leaf to the receipt's input root
     */
    @Tag(2)
    record Boundary(Hash32 residual, @Limit(MAX_PATH) List<Hash32> path) implements LayerInput {}

    /**
     * Any other layer: the output of the layer before.
     *
     * @param leaf that layer's leaf at the position
     * @param path from the leaf to that layer's shown root
     */
    @Tag(3)
    record Previous(LayerLeaf leaf, @Limit(MAX_PATH) List<Hash32> path) implements LayerInput {}

    /** The output head: the last layer's residual stream, which the receipt was opened to already. */
    @Tag(4)
    record Shown() implements LayerInput {}
}
