package org.hearthnet.inference.exec;

import java.util.stream.Stream;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.gguf.GgufTensor;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.PreparedMatrix;
import org.jspecify.annotations.Nullable;

/** The weights of one layer. */
@SuppressWarnings("ArrayRecordComponent")
record LayerWeights(
        float[] attentionNorm,
        PreparedMatrix query,
        PreparedMatrix key,
        PreparedMatrix value,
        float @Nullable [] queryBias,
        float @Nullable [] keyBias,
        float @Nullable [] valueBias,
        float @Nullable [] queryNorm,
        float @Nullable [] keyNorm,
        PreparedMatrix attentionOut,
        float[] feedForwardNorm,
        PreparedMatrix gate,
        PreparedMatrix up,
        PreparedMatrix down) {

    /** Bytes of the matrices. */
    long bytes() {
        return Stream.of(query, key, value, attentionOut, gate, up, down)
                .mapToLong(PreparedMatrix::bytes)
                .sum();
    }

    static LayerWeights load(GgufFile file, ModelConfig config, int layer, Kernel kernel) throws GgufException {
        String prefix = "blk." + layer + ".";
        int hidden = config.hidden();
        int queries = config.attention().queryWidth();
        int keys = config.attention().kvWidth();
        int feedForward = config.feedForward();
        int headDim = config.attention().headDim();
        return new LayerWeights(
                vector(file, prefix + "attn_norm.weight", hidden),
                prepare(kernel, file.tensor(prefix + "attn_q.weight", queries, hidden)),
                prepare(kernel, file.tensor(prefix + "attn_k.weight", keys, hidden)),
                prepare(kernel, file.tensor(prefix + "attn_v.weight", keys, hidden)),
                optional(file, prefix + "attn_q.bias", queries),
                optional(file, prefix + "attn_k.bias", keys),
                optional(file, prefix + "attn_v.bias", keys),
                config.headNorms() ? vector(file, prefix + "attn_q_norm.weight", headDim) : null,
                config.headNorms() ? vector(file, prefix + "attn_k_norm.weight", headDim) : null,
                prepare(kernel, file.tensor(prefix + "attn_output.weight", hidden, queries)),
                vector(file, prefix + "ffn_norm.weight", hidden),
                prepare(kernel, file.tensor(prefix + "ffn_gate.weight", feedForward, hidden)),
                prepare(kernel, file.tensor(prefix + "ffn_up.weight", feedForward, hidden)),
                prepare(kernel, file.tensor(prefix + "ffn_down.weight", hidden, feedForward)));
    }

    /** Copies a matrix into the kernel's memory; it is not needed twice, so the file's pages are let go. */
    static PreparedMatrix prepare(Kernel kernel, GgufTensor tensor) throws GgufException {
        PreparedMatrix matrix = kernel.prepare(tensor);
        tensor.release();
        return matrix;
    }

    private static float @Nullable [] optional(GgufFile file, String name, int length) throws GgufException {
        return file.find(name).isPresent() ? vector(file, name, length) : null;
    }

    /** The weights of a norm, a bias, or factors: always F32. */
    static float[] vector(GgufFile file, String name, int length) throws GgufException {
        GgufTensor tensor = file.tensor(name, 1, length);
        if (tensor.type() != WeightFormat.F32) {
            throw new GgufException(file.name(), name, -1, "must be F32, is " + tensor.type());
        }
        float[] values = tensor.floats();
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new GgufException(file.name(), name, -1, "contains an infinity or NaN");
            }
        }
        return values;
    }
}
