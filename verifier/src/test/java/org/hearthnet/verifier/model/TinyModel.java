package org.hearthnet.verifier.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.bench.RandomWeights;
import org.hearthnet.inference.gguf.GgufWriter;

/** Writes models of a few thousand random weights, each kind of matrix in another format. */
public final class TinyModel {
    public static final int LAYERS = 4;
    public static final int VOCABULARY = 48;
    public static final int END = VOCABULARY - 1;
    private static final int HEADS = 4;
    private static final int KV_HEADS = 2;

    /** What is special about a model. */
    public enum Kind {
        /** Llama whose output matrix is its embedding table. */
        TIED("llama", 32, WeightFormat.Q8_0, WeightFormat.F16),
        /** Llama with an output matrix. */
        UNTIED("llama", 32, WeightFormat.Q4_0, WeightFormat.BF16),
        /** Llama with a sliding window, scaled frequencies, and heads that are rotated in part. */
        WINDOW("llama", 32, WeightFormat.Q8_0, WeightFormat.Q4_0),
        /** Qwen 2 with biases; rotates halves. */
        BIASES("qwen2", 32, WeightFormat.Q8_0, WeightFormat.F32),
        /** Qwen 3 with normalised heads that are wider than the residual stream's share. */
        HEAD_NORMS("qwen3", 32, WeightFormat.Q8_0, WeightFormat.BF16),
        /** Llama in K-quants. */
        K_QUANTS("llama", 256, WeightFormat.Q4_K, WeightFormat.Q6_K),
        /** Qwen 2 in other K-quants. */
        FIVE_BITS("qwen2", 256, WeightFormat.Q5_K, WeightFormat.Q6_K);

        private final String architecture;
        private final int hidden;
        private final WeightFormat one;
        private final WeightFormat other;

        Kind(String architecture, int hidden, WeightFormat one, WeightFormat other) {
            this.architecture = architecture;
            this.hidden = hidden;
            this.one = one;
            this.other = other;
        }

        private int headSize() {
            return this == HEAD_NORMS ? 16 : hidden / HEADS;
        }

        private int ffn() {
            return Math.max(64, hidden);
        }
    }

    private final Kind kind;
    private final Random random;
    private final GgufWriter out = new GgufWriter();

    private TinyModel(Kind kind, long seed) {
        this.kind = kind;
        this.random = new Random(seed);
    }

    /** A temporary file with the model. */
    public static Path write(long seed, Kind kind) {
        try {
            Path file = Files.createTempFile("tiny", ".gguf");
            file.toFile().deleteOnExit();
            new TinyModel(kind, seed).model().write(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private GgufWriter model() {
        metadata();
        matrix("token_embd.weight", kind.one, VOCABULARY, kind.hidden);
        for (int layer = 0; layer < LAYERS; layer++) {
            block("blk." + layer + ".");
        }
        norm("output_norm.weight", kind.hidden);
        if (kind == Kind.WINDOW) {
            out.vector("rope_freqs.weight", new float[] {1f, 2.5f, 8f});
        }
        if (kind == Kind.UNTIED || kind == Kind.K_QUANTS) {
            matrix("output.weight", kind.other, VOCABULARY, kind.hidden);
        }
        return out;
    }

    private void metadata() {
        String prefix = kind.architecture + ".";
        out.text("general.architecture", kind.architecture)
                .integer(prefix + "block_count", LAYERS)
                .integer(prefix + "embedding_length", kind.hidden)
                .integer(prefix + "attention.head_count", HEADS)
                .integer(prefix + "attention.head_count_kv", KV_HEADS)
                .integer(prefix + "attention.key_length", kind.headSize())
                .integer(prefix + "attention.value_length", kind.headSize())
                .integer(prefix + "feed_forward_length", kind.ffn())
                .integer(prefix + "context_length", 64)
                .real(prefix + "attention.layer_norm_rms_epsilon", 1e-5f)
                .integer("tokenizer.ggml.eos_token_id", END);
        if (kind == Kind.WINDOW) {
            out.integer(prefix + "attention.sliding_window", 3)
                    .integer(prefix + "rope.dimension_count", 6)
                    .text(prefix + "rope.scaling.type", "linear")
                    .real(prefix + "rope.scaling.factor", 2f);
        }
    }

    private void block(String prefix) {
        int hidden = kind.hidden;
        int queries = HEADS * kind.headSize();
        int keys = KV_HEADS * kind.headSize();
        norm(prefix + "attn_norm.weight", hidden);
        matrix(prefix + "attn_q.weight", kind.one, queries, hidden);
        matrix(prefix + "attn_k.weight", kind.other, keys, hidden);
        matrix(prefix + "attn_v.weight", kind.one, keys, hidden);
        if (kind.architecture.equals("qwen2")) {
            bias(prefix + "attn_q.bias", queries);
            bias(prefix + "attn_k.bias", keys);
            bias(prefix + "attn_v.bias", keys);
        }
        if (kind == Kind.HEAD_NORMS) {
            norm(prefix + "attn_q_norm.weight", kind.headSize());
            norm(prefix + "attn_k_norm.weight", kind.headSize());
        }
        matrix(prefix + "attn_output.weight", WeightFormat.F32, hidden, queries);
        norm(prefix + "ffn_norm.weight", hidden);
        matrix(prefix + "ffn_gate.weight", kind.one, kind.ffn(), hidden);
        matrix(prefix + "ffn_up.weight", kind.other, kind.ffn(), hidden);
        matrix(prefix + "ffn_down.weight", kind.one, hidden, kind.ffn());
    }

    private void norm(String name, int length) {
        float[] weights = new float[length];
        for (int i = 0; i < length; i++) {
            weights[i] = 0.75f + random.nextFloat() / 2;
        }
        out.vector(name, weights);
    }

    private void bias(String name, int length) {
        float[] weights = new float[length];
        for (int i = 0; i < length; i++) {
            weights[i] = random.nextFloat() - 0.5f;
        }
        out.vector(name, weights);
    }

    private void matrix(String name, WeightFormat type, int rows, int columns) {
        long seed = random.nextLong();
        float scale = (float) Math.sqrt(2.0 / columns);
        out.matrix(name, type, rows, columns, row -> RandomWeights.row(type, columns, new Random(seed + row), scale));
    }
}
