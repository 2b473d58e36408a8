package org.hearthnet.inference.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufWriter;

/**
 * Models with random weights, for measurements at real shapes and for tests; the same seed gives the same file.
 *
 * @param kind the architecture
 * @param type the format of all matrices
 */
public record RandomModel(
        Kind kind,
        WeightFormat type,
        int layers,
        int hidden,
        int heads,
        int kvHeads,
        int headDim,
        int feedForward,
        int context,
        int vocabulary) {
    /** Tokens in the smallest vocabulary: those that are used. */
    public static final int VOCABULARY = RandomVocabulary.USED;

    /** The begin and end token. */
    public static final int END = RandomVocabulary.END;

    /** The kinds of models that the engine runs. */
    public enum Kind {
        /** Llama 2. */
        LLAMA("llama"),
        /** Llama 3.1 and later: frequency factors, tied embeddings. */
        LLAMA3("llama"),
        /** Mistral 7B v0.1: a sliding window. */
        MISTRAL("llama"),
        /** Qwen 2.5: biases, halves rotated. */
        QWEN2("qwen2"),
        /** Qwen 3: normalised heads of a width of their own, tied embeddings. */
        QWEN3("qwen3");

        private final String architecture;

        Kind(String architecture) {
            this.architecture = architecture;
        }
    }

    /** Names of {@link #shaped}; the tiny ones have a few thousand weights. */
    public static final List<String> SHAPES = List.of(
            "tinyllama-1.1b",
            "llama-3.2-1b",
            "qwen2.5-0.5b",
            "qwen3-0.6b",
            "tiny-llama",
            "tiny-llama3",
            "tiny-mistral",
            "tiny-qwen2",
            "tiny-qwen3");

    private static final String TINY = "tiny-";

    /** Positions that one of {@link Kind#MISTRAL} attends to. */
    private static final int WINDOW = 37;

    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException if a matrix has rows that do not divide into blocks of {@code type}
     */
    public RandomModel {
        for (int columns : new int[] {hidden, heads * headDim, feedForward}) {
            if (!type.fits(columns)) {
                throw new IllegalArgumentException("rows of " + columns + " weights do not divide into blocks of "
                        + type.blockElements() + ", as " + type + " has them");
            }
        }
    }

    /** A model with the smallest vocabulary. */
    public RandomModel(
            Kind kind,
            WeightFormat type,
            int layers,
            int hidden,
            int heads,
            int kvHeads,
            int headDim,
            int feedForward,
            int context) {
        this(kind, type, layers, hidden, heads, kvHeads, headDim, feedForward, context, VOCABULARY);
    }

    /**
     * The shape of a known model.
     *
     * @throws IllegalArgumentException if the name is not one of {@link #SHAPES}, or the format does not fit the shape
     */
    public static RandomModel shaped(String name, WeightFormat type) {
        if (!SHAPES.contains(name)) {
            throw new IllegalArgumentException("no shape '" + name + "', there are " + SHAPES);
        }
        if (name.startsWith(TINY)) {
            return tiny(Kind.valueOf(name.substring(TINY.length()).toUpperCase(Locale.ROOT)), type);
        }
        return switch (name) {
            case "tinyllama-1.1b" -> new RandomModel(Kind.LLAMA, type, 22, 2048, 32, 4, 64, 5632, 2048, 32_000);
            case "llama-3.2-1b" -> new RandomModel(Kind.LLAMA3, type, 16, 2048, 32, 8, 64, 8192, 131_072, 128_256);
            case "qwen2.5-0.5b" -> new RandomModel(Kind.QWEN2, type, 24, 896, 14, 2, 64, 4864, 32_768, 151_936);
            case "qwen3-0.6b" -> new RandomModel(Kind.QWEN3, type, 28, 1024, 16, 8, 128, 3072, 40_960, 151_936);
            default -> throw new IllegalStateException(name);
        };
    }

    /** A Llama model. */
    public RandomModel(
            WeightFormat type,
            int layers,
            int hidden,
            int heads,
            int kvHeads,
            int headDim,
            int feedForward,
            int context) {
        this(Kind.LLAMA, type, layers, hidden, heads, kvHeads, headDim, feedForward, context);
    }

    /** A Llama model of a few thousand weights. */
    public static RandomModel tiny(WeightFormat type) {
        return tiny(Kind.LLAMA, type);
    }

    /** A model of a few thousand weights. */
    public static RandomModel tiny(Kind kind, WeightFormat type) {
        int hidden = type.blockElements() > 32 ? 256 : 64;
        int headDim = kind == Kind.QWEN3 ? hidden / 2 : hidden / 4;
        return new RandomModel(kind, type, 3, hidden, 4, 2, headDim, type.blockElements() > 32 ? 256 : 96, 600);
    }

    /** Writes the file. */
    public void write(Path path, long seed) throws IOException {
        write(path, seed, out -> {});
    }

    /** Writes the file with something changed or added. */
    public void write(Path path, long seed, Consumer<GgufWriter> change) throws IOException {
        Random random = new Random(seed);
        GgufWriter out = metadata();
        tokens(out, "token_embd.weight", random);
        for (int layer = 0; layer < layers; layer++) {
            layer(out, "blk." + layer + ".", random);
        }
        out.vector("output_norm.weight", RandomWeights.norm(random, hidden));
        if (kind == Kind.LLAMA3) {
            out.vector("rope_freqs.weight", factors());
        }
        if (kind != Kind.LLAMA3 && kind != Kind.QWEN3) {
            tokens(out, "output.weight", random);
        }
        change.accept(out);
        out.write(path);
    }

    /** As Llama 3.1 has them: high frequencies stay, low ones are divided by 8, with a ramp between. */
    private float[] factors() {
        float[] out = new float[headDim / 2];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.clamp(1f + 14f * (i - out.length / 2f) / out.length, 1f, 8f);
        }
        return out;
    }

    private GgufWriter metadata() {
        String name = kind.architecture + ".";
        GgufWriter out = new GgufWriter()
                .text("general.architecture", kind.architecture)
                .integer(name + "block_count", layers)
                .integer(name + "embedding_length", hidden)
                .integer(name + "attention.head_count", heads)
                .integer(name + "attention.head_count_kv", kvHeads)
                .integer(name + "attention.key_length", headDim)
                .integer(name + "attention.value_length", headDim)
                .integer(name + "rope.dimension_count", headDim)
                .integer(name + "feed_forward_length", feedForward)
                .integer(name + "context_length", context)
                .integer(name + "vocab_size", vocabulary)
                .real(name + "attention.layer_norm_rms_epsilon", 1e-5f)
                .real(name + "rope.freq_base", 10_000f);
        RandomVocabulary.write(out, vocabulary);
        return kind == Kind.MISTRAL ? out.integer(name + "attention.sliding_window", WINDOW) : out;
    }

    private void layer(GgufWriter out, String prefix, Random random) {
        float scale = 1f / (float) Math.sqrt(hidden);
        out.vector(prefix + "attn_norm.weight", RandomWeights.norm(random, hidden));
        matrix(out, prefix + "attn_q.weight", heads * headDim, hidden, random, scale);
        matrix(out, prefix + "attn_k.weight", kvHeads * headDim, hidden, random, scale);
        matrix(out, prefix + "attn_v.weight", kvHeads * headDim, hidden, random, scale);
        if (kind == Kind.QWEN2) {
            out.vector(prefix + "attn_q.bias", RandomWeights.bias(random, heads * headDim));
            out.vector(prefix + "attn_k.bias", RandomWeights.bias(random, kvHeads * headDim));
            out.vector(prefix + "attn_v.bias", RandomWeights.bias(random, kvHeads * headDim));
        }
        if (kind == Kind.QWEN3) {
            out.vector(prefix + "attn_q_norm.weight", RandomWeights.norm(random, headDim));
            out.vector(prefix + "attn_k_norm.weight", RandomWeights.norm(random, headDim));
        }
        matrix(out, prefix + "attn_output.weight", hidden, heads * headDim, random, scale);
        out.vector(prefix + "ffn_norm.weight", RandomWeights.norm(random, hidden));
        matrix(out, prefix + "ffn_gate.weight", feedForward, hidden, random, scale);
        matrix(out, prefix + "ffn_up.weight", feedForward, hidden, random, scale);
        matrix(out, prefix + "ffn_down.weight", hidden, feedForward, random, scale);
    }

    private void matrix(GgufWriter out, String name, int rows, int columns, Random random, float scale) {
        long seed = random.nextLong();
        out.matrix(name, type, rows, columns, row -> RandomWeights.row(type, columns, new Random(seed + row), scale));
    }

    /** Rows of very different length, so that some tokens are much likelier than others, as in trained models. */
    private void tokens(GgufWriter out, String name, Random random) {
        long seed = random.nextLong();
        float scale = 2f / (float) Math.sqrt(hidden);
        out.matrix(name, type, vocabulary, hidden, row -> {
            Random own = new Random(seed + row);
            return RandomWeights.row(type, hidden, own, scale * (float) Math.pow(0.02 + own.nextDouble(), -0.6));
        });
    }
}
