package org.hearthnet.genesis.proof;

import org.hearthnet.genesis.primitive.Hash32;

/**
 * What was committed to at one position of one layer, see {@link Commitments#layer}.
 *
 * @param residual root of the residual stream after the layer
 * @param key root of the cached key
 * @param value root of the cached value
 */
public record LayerLeaf(Hash32 residual, Hash32 key, Hash32 value) {
    /** The leaf of {@code layer} at {@code position}. */
    public Hash32 hash(int layer, int position) {
        return Commitments.layer(layer, position, residual, key, value);
    }
}
