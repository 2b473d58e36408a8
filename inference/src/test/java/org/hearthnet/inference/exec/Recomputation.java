package org.hearthnet.inference.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.hearthnet.genesis.arithmetic.Attention;
import org.hearthnet.genesis.arithmetic.Elementwise;
import org.hearthnet.genesis.arithmetic.Half;
import org.hearthnet.genesis.arithmetic.MatrixRow;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.arithmetic.RmsNorm;
import org.hearthnet.genesis.arithmetic.Rope;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.gguf.GgufTensor;
import org.hearthnet.inference.kernel.AttentionShape;
import org.jspecify.annotations.Nullable;

/** Recomputes each element of a layer's operations at one position from traced operands and weight rows of the file. */
final class Recomputation {
    private final GgufFile file;
    private final ModelConfig config;
    private final AttentionShape shape;
    private final int layer;
    private final int position;
    private final float[] input;
    private final Map<OperationKind, float[]> trace;
    private final Map<String, short[]> keys;
    private final Map<String, short[]> values;

    Recomputation(
            GgufFile file,
            int layer,
            int position,
            float @Nullable [] input,
            Map<OperationKind, float[]> trace,
            Map<String, short[]> keys,
            Map<String, short[]> values)
            throws IOException {
        this.file = file;
        this.config = ModelConfig.of(file);
        this.shape = config.attention();
        this.layer = layer;
        this.position = position;
        this.input = input == null ? new float[0] : input;
        this.trace = trace;
        this.keys = keys;
        this.values = values;
    }

    void checkAll() throws IOException {
        norm(OperationKind.ATTN_NORM, input, "attn_norm");
        matrix(OperationKind.Q, OperationKind.ATTN_NORM, "attn_q");
        matrix(OperationKind.K, OperationKind.ATTN_NORM, "attn_k");
        matrix(OperationKind.V, OperationKind.ATTN_NORM, "attn_v");
        rotated();
        scores();
        mix();
        matrix(OperationKind.ATTN_OUT, OperationKind.ATTN_MIX, "attn_output");
        sum(OperationKind.RESIDUAL_MID, input, OperationKind.ATTN_OUT);
        norm(OperationKind.FFN_NORM, at(OperationKind.RESIDUAL_MID), "ffn_norm");
        matrix(OperationKind.GATE, OperationKind.FFN_NORM, "ffn_gate");
        matrix(OperationKind.UP, OperationKind.FFN_NORM, "ffn_up");
        for (int i = 0; i < config.feedForward(); i++) {
            float expected = Elementwise.gated(at(OperationKind.GATE)[i], at(OperationKind.UP)[i]);
            assertEquals(expected, at(OperationKind.ACT)[i]);
        }
        matrix(OperationKind.DOWN, OperationKind.ACT, "ffn_down");
        sum(OperationKind.RESIDUAL_OUT, at(OperationKind.RESIDUAL_MID), OperationKind.DOWN);
    }

    private float[] at(OperationKind kind) {
        return trace.getOrDefault(kind, new float[0]);
    }

    private void norm(OperationKind kind, float[] x, String tensor) throws IOException {
        float[] weight = file.tensor("blk." + layer + "." + tensor + ".weight").floats();
        float[] out = new float[x.length];
        RmsNorm.apply(x, 0, x.length, weight, config.epsilon(), out, 0);
        same(kind, out);
    }

    private void matrix(OperationKind kind, OperationKind from, String name) throws IOException {
        GgufTensor tensor = file.tensor("blk." + layer + "." + name + ".weight");
        float[] out = new float[tensor.rows()];
        for (int i = 0; i < out.length; i++) {
            byte[] row = tensor.rowBytes(i);
            out[i] = MatrixRow.apply(tensor.type(), at(from), row);
        }
        same(kind, out);
    }

    private void rotated() {
        float[] q = at(OperationKind.Q).clone();
        float[] k = at(OperationKind.K).clone();
        rotate(q, shape.heads());
        rotate(k, shape.kvHeads());
        same(OperationKind.Q_ROPE, q);
        same(OperationKind.K_CACHE, halves(k));
        same(OperationKind.V_CACHE, halves(at(OperationKind.V)));
    }

    private void rotate(float[] x, int heads) {
        for (int head = 0; head < heads; head++) {
            Rope.rotate(config.rope(), x, head * shape.headDim(), position);
        }
    }

    private static float[] halves(float[] x) {
        float[] out = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = Half.toFloat(Half.round(x[i], "value"));
        }
        return out;
    }

    private void scores() {
        int count = position + 1;
        float[] scores = new float[shape.heads() * count];
        float[] weights = new float[scores.length];
        for (int head = 0; head < shape.heads(); head++) {
            float[] query = slice(at(OperationKind.Q_ROPE), head);
            for (int p = 0; p < count; p++) {
                float[] key = slice(cached(keys, p), shape.kvHead(head));
                scores[head * count + p] = Attention.score(query, key, shape.scale());
            }
            float[] softmax = Attention.weights(Arrays.copyOfRange(scores, head * count, (head + 1) * count));
            System.arraycopy(softmax, 0, weights, head * count, count);
        }
        same(OperationKind.ATTN_SCORES, scores);
        same(OperationKind.ATTN_WEIGHTS, weights);
    }

    private void mix() {
        int count = position + 1;
        float[] out = new float[shape.queryWidth()];
        for (int i = 0; i < out.length; i++) {
            int head = i / shape.headDim();
            float[] column = new float[count];
            for (int p = 0; p < count; p++) {
                column[p] = cached(values, p)[shape.kvHead(head) * shape.headDim() + i % shape.headDim()];
            }
            float[] weights = Arrays.copyOfRange(at(OperationKind.ATTN_WEIGHTS), head * count, (head + 1) * count);
            out[i] = Attention.mix(weights, column);
        }
        same(OperationKind.ATTN_MIX, out);
    }

    private float[] slice(float[] x, int head) {
        return Arrays.copyOfRange(x, head * shape.headDim(), (head + 1) * shape.headDim());
    }

    private float[] cached(Map<String, short[]> cache, int p) {
        short[] bits = cache.getOrDefault(layer + "/" + p, new short[0]);
        float[] out = new float[bits.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Half.toFloat(bits[i]);
        }
        return out;
    }

    private void sum(OperationKind kind, float[] a, OperationKind b) {
        float[] out = new float[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Elementwise.residual(a[i], at(b)[i]);
        }
        same(kind, out);
    }

    private void same(OperationKind kind, float[] expected) {
        float[] actual = at(kind);
        assertEquals(expected.length, actual.length, kind.name());
        for (int i = 0; i < expected.length; i++) {
            assertEquals(Float.floatToRawIntBits(expected[i]), Float.floatToRawIntBits(actual[i]), kind + " " + i);
        }
    }
}
