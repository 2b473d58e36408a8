package org.hearthnet.inference.kernel;

import org.hearthnet.genesis.arithmetic.Attention;

/**
 * Heads of a grouped-query attention (Ainslie et al., 2023): query head h uses key-value head h / group.
 *
 * @param window positions that one attends to, itself included; 0 for all
 */
public record AttentionShape(int heads, int kvHeads, int headDim, int window) {
    /** Checks that the heads divide into groups. */
    public AttentionShape {
        if (heads <= 0 || kvHeads <= 0 || headDim <= 0 || window < 0 || heads % kvHeads != 0) {
            throw new IllegalArgumentException(heads + " heads, " + kvHeads + " kv heads of " + headDim);
        }
    }

    /** Heads that attend to all positions. */
    public AttentionShape(int heads, int kvHeads, int headDim) {
        this(heads, kvHeads, headDim, 0);
    }

    /** The first position that {@code position} attends to. */
    public int first(int position) {
        return Attention.first(position, window);
    }

    /** The key-value head of a query head. */
    public int kvHead(int head) {
        return head / (heads / kvHeads);
    }

    /** Factor of the scores. */
    public float scale() {
        return Attention.scale(headDim);
    }

    /** Elements of all query heads together. */
    public int queryWidth() {
        return heads * headDim;
    }

    /** Elements of all key heads together. */
    public int kvWidth() {
        return kvHeads * headDim;
    }
}
