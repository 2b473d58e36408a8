package org.hearthnet.verifier.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.hearthnet.genesis.proof.WeightOpening;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.LayerRange;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.VectorKernel;
import org.hearthnet.inference.manifest.ManifestBuilder;
import org.hearthnet.inference.manifest.WeightRows;

/** An open model with its manifest, and executors of its stages by layer range. */
public final class Model implements AutoCloseable {
    public final GgufFile file;
    public final ModelManifest manifest;
    public final KvBudget budget = new KvBudget(256L << 20);
    private final VectorKernel kernel = new VectorKernel(1);
    private final Map<LayerSpan, StageExecutor> executors = new HashMap<>();
    private final WeightRows rows;

    /** An open file. */
    static Model of(Path path, String name) {
        return new Model(path, name);
    }

    private Model(Path path, String name) {
        try {
            file = GgufFile.open(path);
            manifest = ManifestBuilder.of(file, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows = new WeightRows(file);
    }

    public static Model tiny(long seed, TinyModel.Kind kind) {
        return new Model(TinyModel.write(seed, kind), "tiny");
    }

    /** The model that the project embeds. */
    public static Model tales() {
        try (InputStream in = StageExecutor.class.getResourceAsStream("/models/hearth-tales.q8_0.gguf")) {
            Path path = Files.createTempFile("tales", ".gguf");
            path.toFile().deleteOnExit();
            Files.copy(Objects.requireNonNull(in), path, StandardCopyOption.REPLACE_EXISTING);
            return new Model(path, "hearth-tales");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public StageExecutor executor(LayerSpan span) {
        return executors.computeIfAbsent(span, s -> {
            try {
                return StageExecutor.load(file, new LayerRange(s.from(), s.to()), kernel);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    public WeightOpening weights(String tensor, int row) {
        return rows.open(tensor, row);
    }

    @Override
    public void close() {
        kernel.close();
        file.close();
    }
}
