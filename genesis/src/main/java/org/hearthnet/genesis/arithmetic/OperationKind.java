package org.hearthnet.genesis.arithmetic;

/**
 * The operations of a model in the order in which they are performed. Each yields one vector per (layer, position),
 * which is what a dispute commits to; the last search round names one element (or head) of one of them.
 *
 * <p>{@link #EMBED} belongs to layer 0. {@link #OUT_NORM}, {@link #LOGITS} and {@link #SAMPLE} follow the last layer
 * and are traced under the layer number that equals the number of layers.
 */
public enum OperationKind {
    /** The embedding row of the token, [hidden]. */
    EMBED,
    /** RMSNorm of the layer's input, [hidden]. */
    ATTN_NORM,
    /** Query projection and its bias, [heads * headDim]. */
    Q,
    /** Key projection and its bias, [kvHeads * headDim]. */
    K,
    /** Value projection and its bias, [kvHeads * headDim]. */
    V,
    /** RMSNorm of every query head by itself, [heads * headDim]; only in models that have it. */
    Q_NORM,
    /** RMSNorm of every key head by itself, [kvHeads * headDim]; only in models that have it. */
    K_NORM,
    /** Rotated queries, [heads * headDim]. */
    Q_ROPE,
    /** Rotated keys as rounded to fp16 and cached, [kvHeads * headDim]. */
    K_CACHE,
    /** Values as rounded to fp16 and cached, [kvHeads * headDim]. */
    V_CACHE,
    /**
     * Scaled scores against all positions up to this one, head-major, [heads * (position + 1)]; +0 for positions that a
     * sliding window masks.
     */
    ATTN_SCORES,
    /** Softmax of the scores of each head, head-major, [heads * (position + 1)]. */
    ATTN_WEIGHTS,
    /** Weighted sums of values, [heads * headDim]. */
    ATTN_MIX,
    /** Output projection of the attention, [hidden]. */
    ATTN_OUT,
    /** Layer input plus attention output, [hidden]. */
    RESIDUAL_MID,
    /** RMSNorm of the middle residual, [hidden]. */
    FFN_NORM,
    /** Gate projection, [ffn]. */
    GATE,
    /** Up projection, [ffn]. */
    UP,
    /** silu(gate) * up, [ffn]. */
    ACT,
    /** Down projection, [hidden]. */
    DOWN,
    /** Middle residual plus down projection: the layer's output, [hidden]. */
    RESIDUAL_OUT,
    /** RMSNorm after the last layer, [hidden]. */
    OUT_NORM,
    /** Output projection, [vocabulary]. */
    LOGITS,
    /** The sampled token id, as one element. */
    SAMPLE;

    /** Whether the operation follows the last layer instead of belonging to one. */
    public boolean isHead() {
        return compareTo(OUT_NORM) >= 0;
    }
}
