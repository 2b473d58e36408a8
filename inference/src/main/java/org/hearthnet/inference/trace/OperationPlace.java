package org.hearthnet.inference.trace;

/**
 * A layer and a position of which all operations are observed. The operations after the last layer belong to the layer
 * number that equals the number of layers.
 */
public record OperationPlace(int layer, int position) {
    /** Checks the signs. */
    public OperationPlace {
        if (layer < 0 || position < 0) {
            throw new IllegalArgumentException("layer " + layer + ", position " + position);
        }
    }
}
