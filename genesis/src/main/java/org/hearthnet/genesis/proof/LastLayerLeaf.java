package org.hearthnet.genesis.proof;

import org.hearthnet.genesis.primitive.Hash32;

/**
 * What was committed to at one position of a stage's last layer.
 *
 * @param leaf as in every layer
 * @param middle root of the residual stream between attention and feed-forward
 */
public record LastLayerLeaf(LayerLeaf leaf, Hash32 middle) {}
