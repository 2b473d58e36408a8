package org.hearthnet.inference.exec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.bench.RandomModel.Kind;
import org.hearthnet.inference.bench.RandomWeights;
import org.hearthnet.inference.gguf.GgufWriter;

/**
 * A small model whose every choice is drawn: architecture, widths, heads that share keys, biases, window, rotation, and for
 * each matrix a format of its own. The same seed gives the same file.
 */
final class RandomArchitecture {
    static final int CONTEXT = 320;

    /** What the formats with blocks of 256 need. */
    private static final int WIDE = 256;

    private final Random random;
    private final Kind kind;
    private final Set<WeightFormat> formats = EnumSet.noneOf(WeightFormat.class);
    private final RandomModel shape;

    RandomArchitecture(long seed) {
        random = new Random(seed);
        kind = Kind.values()[random.nextInt(Kind.values().length)];
        boolean wide = random.nextBoolean();
        int kvHeads = 1 + random.nextInt(3);
        int heads = kvHeads * (1 + random.nextInt(4));
        int headDim = 2 * (1 + random.nextInt(24));
        if (wide && random.nextBoolean()) {
            kvHeads = 1 << random.nextInt(2);
            heads = 4 * kvHeads;
            headDim = WIDE / heads;
        }
        int hidden = wide ? WIDE : 32 * (1 + random.nextInt(4));
        int feedForward = wide && random.nextBoolean() ? WIDE : 32 * (1 + random.nextInt(6));
        shape = new RandomModel(
                kind, WeightFormat.F32, 1 + random.nextInt(4), hidden, heads, kvHeads, headDim, feedForward, CONTEXT);
    }

    /** Writes the file. */
    void write(Path path) throws IOException {
        shape.write(path, random.nextLong(), out -> {
            rotation(out);
            matrix(out, "token_embd.weight", shape.vocabulary(), shape.hidden());
            if (kind != Kind.LLAMA3 && kind != Kind.QWEN3) {
                matrix(out, "output.weight", shape.vocabulary(), shape.hidden());
            }
            for (int layer = 0; layer < shape.layers(); layer++) {
                layer(out, "blk." + layer + ".");
            }
        });
    }

    int layers() {
        return shape.layers();
    }

    /** The formats of the matrices that were written. */
    Set<WeightFormat> formats() {
        return formats;
    }

    private void rotation(GgufWriter out) {
        String name = kind == Kind.QWEN2 ? "qwen2." : kind == Kind.QWEN3 ? "qwen3." : "llama.";
        out.real(name + "rope.freq_base", (float) Math.pow(10, 1 + 4 * random.nextDouble()));
        if (kind != Kind.LLAMA3) {
            out.integer(name + "rope.dimension_count", 2 * (1 + random.nextInt(shape.headDim() / 2)));
        }
        if (random.nextInt(3) == 0) {
            out.text(name + "rope.scaling.type", "linear")
                    .real(name + "rope.scaling.factor", 1 + 3 * random.nextFloat());
        }
        if (name.startsWith("llama") && random.nextBoolean()) {
            out.integer(name + "attention.sliding_window", 1 + random.nextInt(CONTEXT / 2));
        }
    }

    private void layer(GgufWriter out, String prefix) {
        int queries = shape.heads() * shape.headDim();
        int keys = shape.kvHeads() * shape.headDim();
        matrix(out, prefix + "attn_q.weight", queries, shape.hidden());
        matrix(out, prefix + "attn_k.weight", keys, shape.hidden());
        matrix(out, prefix + "attn_v.weight", keys, shape.hidden());
        matrix(out, prefix + "attn_output.weight", shape.hidden(), queries);
        matrix(out, prefix + "ffn_gate.weight", shape.feedForward(), shape.hidden());
        matrix(out, prefix + "ffn_up.weight", shape.feedForward(), shape.hidden());
        matrix(out, prefix + "ffn_down.weight", shape.hidden(), shape.feedForward());
        bias(out, prefix + "attn_q.bias", queries);
        bias(out, prefix + "attn_k.bias", keys);
        bias(out, prefix + "attn_v.bias", keys);
    }

    private void bias(GgufWriter out, String name, int length) {
        if (random.nextBoolean()) {
            float[] values = new float[length];
            for (int i = 0; i < length; i++) {
                values[i] = random.nextFloat() - 0.5f;
            }
            out.vector(name, values);
        }
    }

    private void matrix(GgufWriter out, String name, int rows, int columns) {
        List<WeightFormat> fitting = Arrays.stream(WeightFormat.values())
                .filter(format -> format.fits(columns))
                .toList();
        WeightFormat format = fitting.get(random.nextInt(fitting.size()));
        formats.add(format);
        long seed = random.nextLong();
        float scale = 1.5f / (float) Math.sqrt(columns);
        out.matrix(
                name, format, rows, columns, row -> RandomWeights.row(format, columns, new Random(seed + row), scale));
    }

    @Override
    public String toString() {
        return shape + " with " + formats;
    }
}
