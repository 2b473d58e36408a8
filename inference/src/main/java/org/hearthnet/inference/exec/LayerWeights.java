package org.hearthnet.inference.exec;

import java.util.stream.Stream;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.gguf.GgufTensor;
import org.hearthnet.inference.kernel.DeviceArray;
import org.hearthnet.inference.kernel.Kernel;
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

    static LayerWeights load(GgufFile file, ModelConfig config, int layer, Kernel kernel) throws GgufException {
        String prefix = "blk." + layer + ".";
        int hidden = config.hidden();
        int queries = config.attention().queryWidth();
        int keys = config.attention().kvWidth();
        int feedForward = config.feedForward();
        int headDim = config.attention().headDim();
        return new LayerWeights(
                array(kernel, file, prefix + "attn_norm.weight", hidden),
                prepare(kernel, file.tensor(prefix + "attn_q.weight", queries, hidden)),
                prepare(kernel, file.tensor(prefix + "attn_k.weight", keys, hidden)),
                prepare(kernel, file.tensor(prefix + "attn_v.weight", keys, hidden)),
                optional(kernel, file, prefix + "attn_q.bias", queries),
                optional(kernel, file, prefix + "attn_k.bias", keys),
                optional(kernel, file, prefix + "attn_v.bias", keys),
                config.headNorms() ? array(kernel, file, prefix + "attn_q_norm.weight", headDim) : null,
                config.headNorms() ? array(kernel, file, prefix + "attn_k_norm.weight", headDim) : null,
                prepare(kernel, file.tensor(prefix + "attn_output.weight", hidden, queries)),
                array(kernel, file, prefix + "ffn_norm.weight", hidden),
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

    private static @Nullable DeviceArray optional(Kernel kernel, GgufFile file, String name, int length)
            throws GgufException {
        return file.find(name).isPresent() ? array(kernel, file, name, length) : null;
    }

    /** {@link #vector} in the kernel's memory. */
    static DeviceArray array(Kernel kernel, GgufFile file, String name, int length) throws GgufException {
        return kernel.allocate(vector(file, name, length));
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
