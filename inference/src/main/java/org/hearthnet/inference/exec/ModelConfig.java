package org.hearthnet.inference.exec;

import java.util.Optional;
import org.hearthnet.genesis.arithmetic.RopeLayout;
import org.hearthnet.genesis.arithmetic.RopeParameters;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.gguf.GgufMetadata;
import org.hearthnet.inference.kernel.AttentionShape;

/**
 * The shape of a model.
 *
 * @param context positions the model was made for
 * @param rope the rotary embedding
 * @param tiedEmbeddings whether the output projection is the embedding table
 */
public record ModelConfig(
        String architecture,
        int layers,
        int hidden,
        AttentionShape attention,
        int feedForward,
        int vocabulary,
        int context,
        RopeParameters rope,
        float epsilon,
        boolean tiedEmbeddings) {
    private static final int MAX_LAYERS = 1_024;
    private static final int MAX_WIDTH = 1 << 20;
    private static final int MAX_CONTEXT = 1 << 24;

    /**
     * Reads the shape from a file.
     *
     * @throws GgufException if the architecture or a feature of it is not supported, or a number is out of range
     */
    public static ModelConfig of(GgufFile file) throws GgufException {
        GgufMetadata meta = file.metadata();
        String architecture = meta.text("general.architecture").orElse("(none)");
        if (!architecture.equals("llama")) {
            throw meta.error("general.architecture", "'" + architecture + "' is not supported (llama is)");
        }
        refuseUnsupported(file, meta);
        int hidden = required(meta, "embedding_length", MAX_WIDTH);
        int heads = required(meta, "attention.head_count", MAX_WIDTH);
        AttentionShape attention = attention(meta, hidden, heads);
        int ropeDimensions = meta.integer("llama.rope.dimension_count", 2, attention.headDim())
                .orElse(attention.headDim());
        return new ModelConfig(
                architecture,
                required(meta, "block_count", MAX_LAYERS),
                hidden,
                attention,
                required(meta, "feed_forward_length", MAX_WIDTH),
                file.tensor("token_embd.weight").rows(),
                required(meta, "context_length", MAX_CONTEXT),
                RopeParameters.plain(
                        RopeLayout.INTERLEAVED,
                        ropeDimensions / 2 * 2,
                        positive(meta, "rope.freq_base", Optional.of(10_000.0))),
                positive(meta, "attention.layer_norm_rms_epsilon", Optional.empty()),
                file.find("output.weight").isEmpty());
    }

    private static AttentionShape attention(GgufMetadata meta, int hidden, int heads) throws GgufException {
        int kvHeads = meta.integer("llama.attention.head_count_kv", 1, heads).orElse(heads);
        int headDim = meta.integer("llama.attention.key_length", 2, 4_096).orElse(hidden / heads);
        int valueDim = meta.integer("llama.attention.value_length", 2, 4_096).orElse(headDim);
        if (heads % kvHeads != 0 || headDim < 2 || valueDim != headDim) {
            throw meta.error(
                    "llama.attention",
                    heads + " heads, " + kvHeads + " kv heads, keys of " + headDim + " and values of " + valueDim
                            + " are not supported");
        }
        return new AttentionShape(heads, kvHeads, headDim);
    }

    private static void refuseUnsupported(GgufFile file, GgufMetadata meta) throws GgufException {
        String scaling = meta.text("llama.rope.scaling.type").orElse("none");
        if (!scaling.equals("none")) {
            throw meta.error("llama.rope.scaling.type", "RoPE scaling '" + scaling + "' is not supported");
        }
        if (file.find("rope_freqs.weight").isPresent()) {
            throw meta.error("rope_freqs.weight", "RoPE frequency factors are not supported");
        }
        if (meta.integer("llama.expert_count", 0, Integer.MAX_VALUE).orElse(0) > 0) {
            throw meta.error("llama.expert_count", "mixtures of experts are not supported");
        }
        if (file.find("blk.0.attn_q.bias").isPresent()) {
            throw meta.error("blk.0.attn_q.bias", "biases are not supported");
        }
    }

    private static int required(GgufMetadata meta, String name, int most) throws GgufException {
        String key = "llama." + name;
        return meta.integer(key, 1, most).orElseThrow(() -> meta.error(key, "is missing"));
    }

    private static float positive(GgufMetadata meta, String name, Optional<Double> standard) throws GgufException {
        String key = "llama." + name;
        double value = meta.real(key).or(() -> standard).orElseThrow(() -> meta.error(key, "is missing"));
        if (!(value > 0 && value < 1e12)) {
            throw meta.error(key, "must be positive, is " + value);
        }
        return (float) value;
    }

    /** All layers. */
    public LayerRange all() {
        return new LayerRange(0, layers);
    }
}
