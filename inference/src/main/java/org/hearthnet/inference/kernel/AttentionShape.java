package org.hearthnet.inference.kernel;

import org.hearthnet.genesis.arithmetic.Attention;

/** Heads of a grouped-query attention (Ainslie et al., 2023): query head h uses key-value head h / group. */
public record AttentionShape(int heads, int kvHeads, int headDim) {
    /** Checks that the heads divide into groups. */
    public AttentionShape {
        if (heads <= 0 || kvHeads <= 0 || headDim <= 0 || heads % kvHeads != 0) {
            throw new IllegalArgumentException(heads + " heads, " + kvHeads + " kv heads of " + headDim);
        }
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
