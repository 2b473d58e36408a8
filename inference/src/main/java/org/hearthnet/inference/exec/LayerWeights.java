package org.hearthnet.inference.exec;

import java.util.stream.Stream;
import org.hearthnet.inference.exec.Split.Part;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.kernel.DeviceArray;
import org.hearthnet.inference.kernel.PreparedMatrix;
import org.jspecify.annotations.Nullable;

/** The weights of one layer. */
record LayerWeights(
        DeviceArray attentionNorm,
        PreparedMatrix query,
        PreparedMatrix key,
        PreparedMatrix value,
        @Nullable DeviceArray queryBias,
        @Nullable DeviceArray keyBias,
        @Nullable DeviceArray valueBias,
        @Nullable DeviceArray queryNorm,
        @Nullable DeviceArray keyNorm,
        PreparedMatrix attentionOut,
        DeviceArray feedForwardNorm,
        PreparedMatrix gate,
        PreparedMatrix up,
        PreparedMatrix down) {

    /** Bytes of the matrices. */
    long bytes() {
        return Stream.of(query, key, value, attentionOut, gate, up, down)
                .mapToLong(PreparedMatrix::bytes)
                .sum();
    }

    static LayerWeights load(WeightReader from, ModelConfig config, int layer) throws GgufException {
        String prefix = "blk." + layer + ".";
        int headDim = config.attention().headDim();
        return new LayerWeights(
                from.vector(prefix + "attn_norm.weight", Part.HIDDEN),
                from.matrix(prefix + "attn_q.weight", Part.QUERIES, Part.HIDDEN),
                from.matrix(prefix + "attn_k.weight", Part.KEYS, Part.HIDDEN),
                from.matrix(prefix + "attn_v.weight", Part.KEYS, Part.HIDDEN),
                from.optional(prefix + "attn_q.bias", Part.QUERIES),
                from.optional(prefix + "attn_k.bias", Part.KEYS),
                from.optional(prefix + "attn_v.bias", Part.KEYS),
                config.headNorms() ? from.wholeVector(prefix + "attn_q_norm.weight", headDim) : null,
                config.headNorms() ? from.wholeVector(prefix + "attn_k_norm.weight", headDim) : null,
                from.matrix(prefix + "attn_output.weight", Part.HIDDEN, Part.QUERIES),
                from.vector(prefix + "ffn_norm.weight", Part.HIDDEN),
                from.matrix(prefix + "ffn_gate.weight", Part.FEED_FORWARD, Part.HIDDEN),
                from.matrix(prefix + "ffn_up.weight", Part.FEED_FORWARD, Part.HIDDEN),
                from.matrix(prefix + "ffn_down.weight", Part.HIDDEN, Part.FEED_FORWARD));
    }
}
