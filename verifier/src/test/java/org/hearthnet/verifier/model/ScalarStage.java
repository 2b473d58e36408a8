package org.hearthnet.verifier.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hearthnet.genesis.arithmetic.Attention;
import org.hearthnet.genesis.arithmetic.Elementwise;
import org.hearthnet.genesis.arithmetic.Half;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.arithmetic.RmsNorm;
import org.hearthnet.genesis.arithmetic.Rope;
import org.hearthnet.genesis.arithmetic.Sampler;
import org.hearthnet.genesis.arithmetic.SamplerParameters;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.genesis.spec.ModelManifest.Shape;

/**
 * A stage executed by the scalar definitions alone, operation after operation, with one fault that everything after it
 * builds on: the most thorough liar there can be, because all it shows fits together. Without a fault it is the oracle of
 * what the engine traces.
 */
public final class ScalarStage {
    private record Key(OperationKind operation, int layer, int position) {}

    private final Shape shape;
    private final LayerSpan span;
    private final SamplerSettings sampler;
    private final Fault fault;
    private final ScalarWeights weights;
    private final Map<Key, float[]> results = new HashMap<>();
    private final List<float[]> inputs = new ArrayList<>();
    private int position;

    public ScalarStage(Model model, LayerSpan span, SamplerSettings sampler, Fault fault) {
        this.shape = model.manifest.shape();
        this.span = span;
        this.sampler = sampler;
        this.fault = fault;
        this.weights = new ScalarWeights(model);
    }

    /** The result of an operation that was executed. */
    public float[] result(OperationKind operation, int layer, int at) {
        return Objects.requireNonNull(results.get(new Key(operation, layer, at)), "not executed");
    }

    /** What entered {@code layer}. */
    public float[] input(int layer, int at) {
        return layer == span.from() ? inputs.get(at) : result(OperationKind.RESIDUAL_OUT, layer - 1, at);
    }

    /** Executes the next position of a first stage. */
    public float[] step(int token) {
        return step(keep(OperationKind.EMBED, 0, weights.embedding(token)));
    }

    /** Executes the next position: [hidden] in, the residual stream after the last layer out. */
    public float[] step(float[] residual) {
        inputs.add(residual);
        float[] x = residual;
        for (int layer = span.from(); layer < span.to(); layer++) {
            x = layer(layer, x);
        }
        position++;
        return x;
    }

    /** Draws a token after the position just executed. */
    public int draw() {
        position--;
        int head = shape.layers();
        float[] x = result(OperationKind.RESIDUAL_OUT, head - 1, position);
        float[] normed = keep(OperationKind.OUT_NORM, head, norm(OperationKind.OUT_NORM, head, x));
        float[] logits = keep(OperationKind.LOGITS, head, weights.project(OperationKind.LOGITS, head, normed));
        var parameters = new SamplerParameters(sampler.temperature(), sampler.topK(), sampler.topP());
        int token = Sampler.sample(logits, parameters, sampler.seed(), position);
        if (fault.isAt(OperationKind.SAMPLE, head, position)) {
            token = (token + fault.flip()) % shape.vocabulary();
        }
        position++;
        return token;
    }

    private float[] keep(OperationKind operation, int layer, float[] result) {
        if (fault.isAt(operation, layer, position)) {
            result[fault.element()] = fault.apply(result[fault.element()]);
        }
        results.put(new Key(operation, layer, position), result);
        return result;
    }

    private float[] layer(int layer, float[] x) {
        attention(layer, keep(OperationKind.ATTN_NORM, layer, norm(OperationKind.ATTN_NORM, layer, x)));
        float[] mix = keep(OperationKind.ATTN_MIX, layer, mix(layer));
        float[] out = project(OperationKind.ATTN_OUT, layer, mix);
        float[] middle = keep(OperationKind.RESIDUAL_MID, layer, sum(x, out));
        float[] normed = keep(OperationKind.FFN_NORM, layer, norm(OperationKind.FFN_NORM, layer, middle));
        float[] gate = project(OperationKind.GATE, layer, normed);
        float[] up = project(OperationKind.UP, layer, normed);
        float[] act = new float[gate.length];
        for (int i = 0; i < act.length; i++) {
            act[i] = Elementwise.gated(gate[i], up[i]);
        }
        float[] down = project(OperationKind.DOWN, layer, keep(OperationKind.ACT, layer, act));
        return keep(OperationKind.RESIDUAL_OUT, layer, sum(middle, down));
    }

    private void attention(int layer, float[] normed) {
        float[] q = project(OperationKind.Q, layer, normed);
        float[] k = project(OperationKind.K, layer, normed);
        float[] v = project(OperationKind.V, layer, normed);
        if (shape.headNorms()) {
            q = keep(OperationKind.Q_NORM, layer, headNorms(OperationKind.Q_NORM, layer, q));
            k = keep(OperationKind.K_NORM, layer, headNorms(OperationKind.K_NORM, layer, k));
        }
        float[] queries = keep(OperationKind.Q_ROPE, layer, rotate(q));
        keep(OperationKind.K_CACHE, layer, halves(rotate(k)));
        keep(OperationKind.V_CACHE, layer, halves(v));
        int positions = position + 1;
        float[] scores = new float[shape.heads() * positions];
        int first = Attention.first(position, shape.window());
        for (int i = 0; i < scores.length; i++) {
            int head = i / positions;
            if (i % positions < first) {
                continue;
            }
            scores[i] = Attention.score(
                    queries,
                    head * shape.headSize(),
                    result(OperationKind.K_CACHE, layer, i % positions),
                    kvHead(head) * shape.headSize(),
                    shape.headSize(),
                    Attention.scale(shape.headSize()));
        }
        float[] weighted = keep(OperationKind.ATTN_SCORES, layer, scores).clone();
        for (int head = 0; head < shape.heads(); head++) {
            Attention.weights(weighted, head * positions, positions, first);
        }
        keep(OperationKind.ATTN_WEIGHTS, layer, weighted);
    }

    private float[] mix(int layer) {
        int positions = position + 1;
        float[] all = result(OperationKind.ATTN_WEIGHTS, layer, position);
        float[] out = new float[shape.heads() * shape.headSize()];
        for (int i = 0; i < out.length; i++) {
            int head = i / shape.headSize();
            int element = kvHead(head) * shape.headSize() + i % shape.headSize();
            float[] column = new float[positions];
            for (int p = 0; p < positions; p++) {
                column[p] = result(OperationKind.V_CACHE, layer, p)[element];
            }
            float[] head4 = java.util.Arrays.copyOfRange(all, head * positions, (head + 1) * positions);
            out[i] = Attention.mix(head4, column);
        }
        return out;
    }

    private int kvHead(int head) {
        return head / (shape.heads() / shape.kvHeads());
    }

    private float[] project(OperationKind operation, int layer, float[] x) {
        float[] product = weights.project(operation, layer, x);
        float[] bias = weights.bias(operation, layer);
        return keep(operation, layer, bias.length == 0 ? product : sum(product, bias));
    }

    private float[] norm(OperationKind operation, int layer, float[] x) {
        float[] out = new float[x.length];
        RmsNorm.apply(x, 0, x.length, weights.norm(operation, layer), shape.normEpsilon(), out, 0);
        return out;
    }

    private float[] headNorms(OperationKind operation, int layer, float[] heads) {
        float[] out = new float[heads.length];
        for (int at = 0; at < out.length; at += shape.headSize()) {
            float[] weight = weights.norm(operation, layer);
            RmsNorm.apply(heads, at, shape.headSize(), weight, shape.normEpsilon(), out, at);
        }
        return out;
    }

    private float[] rotate(float[] heads) {
        float[] out = heads.clone();
        for (int at = 0; at < out.length; at += shape.headSize()) {
            Rope.rotate(shape.rope().parameters(), out, at, position);
        }
        return out;
    }

    private static float[] halves(float[] x) {
        float[] out = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = Half.toFloat(Half.round(x[i], "cached"));
        }
        return out;
    }

    private static float[] sum(float[] a, float[] b) {
        float[] out = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            out[i] = Elementwise.residual(a[i], b[i]);
        }
        return out;
    }
}
