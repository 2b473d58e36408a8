package org.hearthnet.verifier.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufWriter;

/** Writes a Llama model of a few thousand random weights, each kind of matrix in another type. */
public final class TinyModel {
    public static final int LAYERS = 4;
    public static final int VOCABULARY = 48;
    public static final int END = VOCABULARY - 1;
    private static final int HIDDEN = 32;
    private static final int HEADS = 4;
    private static final int KV_HEADS = 2;
    private static final int HEAD_SIZE = 8;
    private static final int FFN = 64;

    private TinyModel() {}

    /** A temporary file with the model, whose output matrix is its own if {@code untied}. */
    public static Path write(long seed, boolean untied) {
        Random random = new Random(seed);
        GgufWriter out = new GgufWriter()
                .text("general.architecture", "llama")
                .integer("llama.block_count", LAYERS)
                .integer("llama.embedding_length", HIDDEN)
                .integer("llama.attention.head_count", HEADS)
                .integer("llama.attention.head_count_kv", KV_HEADS)
                .integer("llama.feed_forward_length", FFN)
                .integer("llama.context_length", 64)
                .real("llama.attention.layer_norm_rms_epsilon", 1e-5f)
                .integer("tokenizer.ggml.eos_token_id", END);
        matrix(out, "token_embd.weight", WeightFormat.Q8_0, VOCABULARY, HIDDEN, random);
        for (int layer = 0; layer < LAYERS; layer++) {
            block(out, "blk." + layer + ".", random);
        }
        norm(out, "output_norm.weight", random);
        if (untied) {
            matrix(out, "output.weight", WeightFormat.F32, VOCABULARY, HIDDEN, random);
        }
        try {
            Path file = Files.createTempFile("tiny", ".gguf");
            file.toFile().deleteOnExit();
            out.write(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void block(GgufWriter out, String prefix, Random random) {
        norm(out, prefix + "attn_norm.weight", random);
        matrix(out, prefix + "attn_q.weight", WeightFormat.Q8_0, HEADS * HEAD_SIZE, HIDDEN, random);
        matrix(out, prefix + "attn_k.weight", WeightFormat.F16, KV_HEADS * HEAD_SIZE, HIDDEN, random);
        matrix(out, prefix + "attn_v.weight", WeightFormat.Q8_0, KV_HEADS * HEAD_SIZE, HIDDEN, random);
        matrix(out, prefix + "attn_output.weight", WeightFormat.F32, HIDDEN, HEADS * HEAD_SIZE, random);
        norm(out, prefix + "ffn_norm.weight", random);
        matrix(out, prefix + "ffn_gate.weight", WeightFormat.Q8_0, FFN, HIDDEN, random);
        matrix(out, prefix + "ffn_up.weight", WeightFormat.F16, FFN, HIDDEN, random);
        matrix(out, prefix + "ffn_down.weight", WeightFormat.Q8_0, HIDDEN, FFN, random);
    }

    private static void norm(GgufWriter out, String name, Random random) {
        float[] weights = new float[HIDDEN];
        for (int i = 0; i < HIDDEN; i++) {
            weights[i] = 0.75f + random.nextFloat() / 2;
        }
        out.vector(name, weights);
    }

    private static void matrix(GgufWriter out, String name, WeightFormat type, int rows, int columns, Random random) {
        long seed = random.nextLong();
        out.matrix(name, type, rows, columns, row -> row(type, columns, new Random(seed + row)));
    }

    private static byte[] row(WeightFormat type, int columns, Random random) {
        ByteBuffer out = ByteBuffer.allocate((int) type.rowBytes(columns)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < columns; i++) {
            float weight = (float) random.nextGaussian() / 4;
            switch (type) {
                case F32 -> out.putFloat(weight);
                case F16 -> out.putShort(Float.floatToFloat16(weight));
                case Q8_0 -> {
                    if (i % 32 == 0) {
                        out.putShort(Float.floatToFloat16(0.004f * (0.5f + random.nextFloat())));
                    }
                    out.put((byte) random.nextInt(-127, 128));
                }
            }
        }
        return out.array();
    }
}
