package org.hearthnet.inference.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.hearthnet.genesis.arithmetic.EmbeddingRow;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.gguf.GgufTensor;
import org.hearthnet.inference.gguf.GgufValue;
import org.hearthnet.inference.gguf.GgufWriter;

/**
 * The embedded model with its matrices in another format. Its feed-forward width of 704 is filled up with zeros to 768, which
 * changes nothing that is computed, because the formats with blocks of 256 need it.
 */
public final class TalesInFormat {
    private static final int WIDE = 768;
    private static final String FEED_FORWARD = "llama.feed_forward_length";

    private final WeightFormat format;
    private final boolean plain;
    private final GgufWriter out = new GgufWriter();

    private TalesInFormat(WeightFormat format, boolean plain) {
        this.format = format;
        this.plain = plain;
    }

    /** Writes the file. */
    public static void write(WeightFormat format, Path path) throws IOException {
        write(path, new TalesInFormat(format, false));
    }

    /** Writes the file that has the numbers which the weights in {@code format} stand for, as F32. */
    public static void writeMeant(WeightFormat format, Path path) throws IOException {
        write(path, new TalesInFormat(format, true));
    }

    private static void write(Path path, TalesInFormat model) throws IOException {
        try (GgufFile file = Tales.open()) {
            for (String key : file.metadata().keys()) {
                model.copy(key, file.metadata().find(key).orElseThrow());
            }
            model.out.integer(FEED_FORWARD, WIDE);
            for (GgufTensor tensor : file.tensors()) {
                model.copy(tensor);
            }
            model.out.write(path);
        }
    }

    private void copy(String key, GgufValue value) {
        switch (value) {
            case GgufValue.Integral v -> out.integer(key, Math.toIntExact(v.value()));
            case GgufValue.Real v -> out.real(key, (float) v.value());
            case GgufValue.Bool v -> out.bool(key, v.value());
            case GgufValue.Text v -> out.text(key, v.value());
            case GgufValue.Texts v -> out.texts(key, List.copyOf(v.values()));
            case GgufValue.Integrals v ->
                out.integers(
                        key,
                        Arrays.stream(v.values()).mapToInt(Math::toIntExact).toArray());
            case GgufValue.Reals v -> {
                float[] reals = new float[v.values().length];
                for (int i = 0; i < reals.length; i++) {
                    reals[i] = (float) v.values()[i];
                }
                out.reals(key, reals);
            }
        }
    }

    private void copy(GgufTensor tensor) {
        String name = tensor.name();
        if (tensor.rows() == 1) {
            out.vector(name, tensor.floats());
            return;
        }
        boolean moreRows = name.endsWith("ffn_gate.weight") || name.endsWith("ffn_up.weight");
        int rows = moreRows ? WIDE : tensor.rows();
        int columns = name.endsWith("ffn_down.weight") ? WIDE : tensor.columns();
        out.matrix(name, plain ? WeightFormat.F32 : format, rows, columns, row -> {
            float[] x = new float[columns];
            if (row < tensor.rows()) {
                EmbeddingRow.read(tensor.type(), tensor.rowBytes(row), x, 0);
            }
            byte[] quantized = Quantizer.row(format, x);
            if (!plain) {
                return quantized;
            }
            EmbeddingRow.read(format, quantized, x, 0);
            return Quantizer.row(WeightFormat.F32, x);
        });
    }
}
