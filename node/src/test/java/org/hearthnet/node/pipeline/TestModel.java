package org.hearthnet.node.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.hearthnet.genesis.arithmetic.SamplerParameters;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.exec.GenerationOptions;
import org.hearthnet.inference.exec.GenerationResult;
import org.hearthnet.inference.exec.Generator;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.LayerRange;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.VectorKernel;
import org.hearthnet.inference.manifest.ManifestBuilder;
import org.hearthnet.inference.token.Tokenizer;
import org.hearthnet.inference.token.Tokenizers;
import org.hearthnet.node.pipeline.stage.ModelEngine;

/** The default model, loaded once for all tests. */
public final class TestModel {
    public static final GgufFile FILE = open();
    public static final ModelManifest MANIFEST = manifest();
    public static final Tokenizer TOKENIZER = tokenizer();

    private TestModel() {}

    private static GgufFile open() {
        try (InputStream in =
                Objects.requireNonNull(TestModel.class.getResourceAsStream("/models/hearth-tales.q8_0.gguf"))) {
            Path copy = Files.createTempFile("hearth-tales", ".gguf");
            copy.toFile().deleteOnExit();
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return GgufFile.open(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ModelManifest manifest() {
        try {
            return ManifestBuilder.of(FILE, "hearth-tales");
        } catch (GgufException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Tokenizer tokenizer() {
        try {
            return Tokenizers.of(FILE.metadata());
        } catch (GgufException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An engine that holds the whole model. */
    public static ModelEngine engine() {
        return engine(new LayerSpan(0, MANIFEST.shape().layers()));
    }

    /** An engine that holds {@code span}. */
    public static ModelEngine engine(LayerSpan span) {
        return ModelEngine.open(
                FILE, MANIFEST, span, new ModelEngine.Settings("vector", 1, 64L << 20, ModelEngine.Variant.HONEST));
    }

    /** What one machine alone generates. */
    public static GenerationResult local(int[] prompt, SamplerSettings s, int maxTokens) {
        try (VectorKernel kernel = new VectorKernel(1)) {
            StageExecutor all =
                    StageExecutor.load(FILE, new LayerRange(0, MANIFEST.shape().layers()), kernel);
            var options = new GenerationOptions(
                    new SamplerParameters(s.temperature(), s.topK(), s.topP()), s.seed(), maxTokens, true);
            return new Generator(all, TOKENIZER, new KvBudget(64L << 20)).generate(prompt, options, t -> {});
        } catch (GgufException e) {
            throw new UncheckedIOException(e);
        }
    }
}
