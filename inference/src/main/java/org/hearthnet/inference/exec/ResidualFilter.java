package org.hearthnet.inference.exec;

/**
 * A fault on purpose: may overwrite what a layer has computed. A development network plants one to show that checks find
 * it; a stage that works for anybody else has none.
 */
@FunctionalInterface
public interface ResidualFilter {
    /** No fault. */
    ResidualFilter NONE = (layer, position, in, out, offset, length) -> {};

    /**
     * Called after every layer for every position.
     *
     * @param in the residual stream that entered the layer, [hidden] from {@code offset}
     * @param out the residual stream after the layer, [hidden] from {@code offset}; may be overwritten
     */
    void apply(int layer, int position, float[] in, float[] out, int offset, int length);
}
