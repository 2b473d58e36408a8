package org.hearthnet.inference.exec;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.genesis.arithmetic.RopeLayout;
import org.hearthnet.genesis.arithmetic.RopeParameters;
import org.hearthnet.genesis.spec.ModelManifest.Shape;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.gguf.GgufMetadata;
import org.hearthnet.inference.gguf.GgufTensor;
import org.hearthnet.inference.kernel.AttentionShape;
import org.hearthnet.inference.token.EndTokens;

/**
 * Reads a {@link ModelConfig} from GGUF metadata and refuses, by name, every feature that would change results and is not
 * computed here. Keys are those of the GGUF specification.
 */
final class ModelConfigReader {
    private static final int MAX_LAYERS = 1_024;
    private static final int MAX_WIDTH = 1 << 20;
    private static final int MAX_CONTEXT = 1 << 24;
    private static final String ROPE_FACTORS = "rope_freqs.weight";

    /** What is known of an architecture. Biases are known by their tensors. */
    private record Architecture(RopeLayout layout, boolean headNorms, boolean window) {}

    /** {@code llama} is Llama 2 and 3, Mistral, SmolLM and others of the same form. */
    private static final Map<String, Architecture> ARCHITECTURES = Map.of(
            "llama", new Architecture(RopeLayout.INTERLEAVED, false, true),
            "qwen2", new Architecture(RopeLayout.HALVES, false, false),
            "qwen3", new Architecture(RopeLayout.HALVES, true, false));

    /** Keys, after the architecture's name, of features that change results; each must be absent, zero or false. */
    private static final List<String> UNKNOWN_FEATURES = List.of(
            "expert_count",
            "attn_logit_softcapping",
            "final_logit_softcapping",
            "attention.scale",
            "attention.clamp_kqv",
            "attention.max_alibi_bias",
            "attention.key_length_mla",
            "logit_scale",
            "embedding_scale",
            "residual_scale",
            "use_parallel_residual",
            "rope.scale_linear");

    private final GgufFile file;
    private final GgufMetadata meta;
    private final String name;
    private final Architecture architecture;

    ModelConfigReader(GgufFile file) throws GgufException {
        this.file = file;
        this.meta = file.metadata();
        this.name = meta.text("general.architecture").orElse("(none)");
        Architecture known = ARCHITECTURES.get(name);
        if (known == null) {
            throw meta.error(
                    "general.architecture",
                    "'" + name + "' is not supported (" + String.join(", ", new TreeSet<>(ARCHITECTURES.keySet()))
                            + " are)");
        }
        this.architecture = known;
    }

    ModelConfig read() throws GgufException {
        refuseUnknownFeatures();
        int hidden = required("embedding_length", MAX_WIDTH);
        int heads = required("attention.head_count", MAX_WIDTH);
        AttentionShape attention = attention(hidden, heads);
        int vocabulary = file.tensor("token_embd.weight").rows();
        var config = new ModelConfig(
                name,
                required("block_count", MAX_LAYERS),
                hidden,
                attention,
                required("feed_forward_length", MAX_WIDTH),
                vocabulary,
                Math.min(required("context_length", MAX_CONTEXT), Arithmetic.MAX_POSITIONS),
                rope(attention.headDim()),
                positive("attention.layer_norm_rms_epsilon", Optional.empty()),
                architecture.headNorms(),
                file.find("output.weight").isEmpty(),
                endTokens(vocabulary));
        ModelTensors.check(file, config);
        return config;
    }

    private AttentionShape attention(int hidden, int heads) throws GgufException {
        int kvHeads = meta.integer(key("attention.head_count_kv"), 1, heads).orElse(heads);
        int headDim = meta.integer(key("attention.key_length"), 2, 4_096).orElse(hidden / heads);
        int valueDim = meta.integer(key("attention.value_length"), 2, 4_096).orElse(headDim);
        if (heads % kvHeads != 0 || headDim < 2 || valueDim != headDim) {
            throw meta.error(
                    key("attention"),
                    heads + " heads, " + kvHeads + " kv heads, keys of " + headDim + " and values of " + valueDim
                            + " are not supported");
        }
        return new AttentionShape(heads, kvHeads, headDim, window());
    }

    private int window() throws GgufException {
        int window =
                meta.integer(key("attention.sliding_window"), 0, MAX_CONTEXT).orElse(0);
        if (window >= required("context_length", MAX_CONTEXT)) {
            return 0;
        }
        if (window > 0 && !architecture.window()) {
            throw meta.error(key("attention.sliding_window"), "a sliding window in some layers only is not supported");
        }
        return window;
    }

    private RopeParameters rope(int headDim) throws GgufException {
        int dimensions = meta.integer(key("rope.dimension_count"), 2, headDim).orElse(headDim) / 2 * 2;
        float base = positive("rope.freq_base", Optional.of(10_000.0));
        // As in llama.cpp, a factor without a type is linear scaling.
        boolean factor = meta.find(key("rope.scaling.factor")).isPresent();
        String scaling = meta.text(key("rope.scaling.type")).orElse(factor ? "linear" : "none");
        float scale = 1f;
        if (scaling.equals("linear")) {
            scale = positive("rope.scaling.factor", Optional.of(1.0));
        } else if (!scaling.equals("none")) {
            throw meta.error(key("rope.scaling.type"), "RoPE scaling '" + scaling + "' is not supported");
        }
        try {
            return new RopeParameters(architecture.layout(), dimensions, base, scale, factors());
        } catch (IllegalArgumentException e) {
            throw meta.error(ROPE_FACTORS, String.valueOf(e.getMessage()));
        }
    }

    private List<Float> factors() throws GgufException {
        Optional<GgufTensor> tensor = file.find(ROPE_FACTORS);
        List<Float> out = new ArrayList<>();
        if (tensor.isPresent()) {
            if (tensor.get().columns() > RopeParameters.MAX_DIMENSIONS) {
                throw meta.error(ROPE_FACTORS, "has " + tensor.get().columns() + " elements");
            }
            for (float factor :
                    WeightReader.floats(file, ROPE_FACTORS, tensor.get().columns())) {
                out.add(factor);
            }
        }
        return out;
    }

    private List<Integer> endTokens(int vocabulary) throws GgufException {
        BitSet ends = EndTokens.of(meta, vocabulary);
        if (ends.length() > vocabulary || ends.cardinality() > Shape.MAX_END_TOKENS) {
            throw meta.error("tokenizer.ggml", "the end tokens " + ends + " do not fit the vocabulary");
        }
        return ends.stream().boxed().toList();
    }

    private void refuseUnknownFeatures() throws GgufException {
        for (String feature : UNKNOWN_FEATURES) {
            if (meta.find(key(feature)).filter(v -> !v.isZero()).isPresent()) {
                throw meta.error(key(feature), "is set, and what it asks for is not supported");
            }
        }
        if (!meta.bool(key("attention.causal")).orElse(true)) {
            throw meta.error(key("attention.causal"), "attention to later positions is not supported");
        }
    }

    private String key(String suffix) {
        return name + "." + suffix;
    }

    private int required(String suffix, int most) throws GgufException {
        return meta.integer(key(suffix), 1, most).orElseThrow(() -> meta.error(key(suffix), "is missing"));
    }

    private float positive(String suffix, Optional<Double> standard) throws GgufException {
        double value =
                meta.real(key(suffix)).or(() -> standard).orElseThrow(() -> meta.error(key(suffix), "is missing"));
        if (!(value > 0 && value < 1e12)) {
            throw meta.error(key(suffix), "must be positive, is " + value);
        }
        return (float) value;
    }
}
