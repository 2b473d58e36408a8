package org.hearthnet.genesis.protocol;

/**
 * A range of a model's layers, half open.
 *
 * @param from first layer, from 0
 * @param to one after the last layer
 */
public record LayerSpan(int from, int to) {
    /** Most layers of any model. */
    public static final int MAX_LAYERS = 1024;

    /** Checks the order of the bounds. */
    public LayerSpan {
        if (from < 0 || to <= from || to > MAX_LAYERS) {
            throw new IllegalArgumentException("not a layer range: [" + from + ", " + to + ")");
        }
    }

    /** Number of layers. */
    public int count() {
        return to - from;
    }

    /** Whether all of {@code other} lies inside. */
    public boolean contains(LayerSpan other) {
        return from <= other.from && other.to <= to;
    }

    @Override
    public String toString() {
        return from + "-" + (to - 1);
    }
}
