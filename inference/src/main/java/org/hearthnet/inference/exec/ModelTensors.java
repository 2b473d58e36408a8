package org.hearthnet.inference.exec;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.gguf.GgufTensor;

/**
 * The tensors of a model, by name. A tensor that no operation reads is refused like one that is missing: it belongs to a
 * feature that is not computed here (experts, fused projections, more biases, adapters), and leaving it out would silently
 * give another model.
 */
final class ModelTensors {
    /** A tensor's shape; vectors are F32. */
    private record Expected(int rows, int columns, boolean vector, boolean optional) {}

    private final Map<String, Expected> expected = new LinkedHashMap<>();

    private ModelTensors(ModelConfig config) {
        int hidden = config.hidden();
        matrix("token_embd.weight", config.vocabulary(), hidden);
        vector("output_norm.weight", hidden);
        expected.put("output.weight", new Expected(config.vocabulary(), hidden, false, true));
        expected.put("rope_freqs.weight", new Expected(1, config.rope().dimensions() / 2, true, true));
        for (int layer = 0; layer < config.layers(); layer++) {
            layer(config, "blk." + layer + ".");
        }
    }

    private void layer(ModelConfig config, String prefix) {
        int hidden = config.hidden();
        int queries = config.attention().queryWidth();
        int keys = config.attention().kvWidth();
        vector(prefix + "attn_norm.weight", hidden);
        matrix(prefix + "attn_q.weight", queries, hidden);
        matrix(prefix + "attn_k.weight", keys, hidden);
        matrix(prefix + "attn_v.weight", keys, hidden);
        bias(prefix + "attn_q.bias", queries);
        bias(prefix + "attn_k.bias", keys);
        bias(prefix + "attn_v.bias", keys);
        if (config.headNorms()) {
            vector(prefix + "attn_q_norm.weight", config.attention().headDim());
            vector(prefix + "attn_k_norm.weight", config.attention().headDim());
        }
        matrix(prefix + "attn_output.weight", hidden, queries);
        vector(prefix + "ffn_norm.weight", hidden);
        matrix(prefix + "ffn_gate.weight", config.feedForward(), hidden);
        matrix(prefix + "ffn_up.weight", config.feedForward(), hidden);
        matrix(prefix + "ffn_down.weight", hidden, config.feedForward());
    }

    private void matrix(String name, int rows, int columns) {
        expected.put(name, new Expected(rows, columns, false, false));
    }

    private void vector(String name, int length) {
        expected.put(name, new Expected(1, length, true, false));
    }

    private void bias(String name, int length) {
        expected.put(name, new Expected(1, length, true, true));
    }

    /**
     * Checks that {@code file} has exactly the tensors of {@code config}.
     *
     * @throws GgufException naming the first tensor that is missing, has another shape or type, or is not known
     */
    static void check(GgufFile file, ModelConfig config) throws GgufException {
        Map<String, Expected> all = new ModelTensors(config).expected;
        for (GgufTensor tensor : file.tensors()) {
            if (!all.containsKey(tensor.name())) {
                throw error(
                        file,
                        tensor.name(),
                        "models of the architecture '" + config.architecture()
                                + "' have no such tensor here: what it is for is not supported");
            }
        }
        for (Map.Entry<String, Expected> each : all.entrySet()) {
            Expected shape = each.getValue();
            if (shape.optional && file.find(each.getKey()).isEmpty()) {
                continue;
            }
            GgufTensor tensor = file.tensor(each.getKey(), shape.rows, shape.columns);
            if (shape.vector && tensor.type() != WeightFormat.F32) {
                throw error(file, tensor.name(), "must be F32, is " + tensor.type());
            }
        }
    }

    private static GgufException error(GgufFile file, String tensor, String problem) {
        return new GgufException(file.name(), tensor, -1, problem);
    }
}
