package org.hearthnet.inference.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.genesis.crypto.MerkleFrontier;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.proof.DisputeLimits;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.exec.ModelConfig;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.gguf.GgufMetadata;
import org.hearthnet.inference.gguf.GgufTensor;
import org.hearthnet.inference.kernel.WeightCheck;
import org.jspecify.annotations.Nullable;

/** Makes the {@link ModelManifest} of a GGUF file. */
public final class ManifestBuilder {
    private ManifestBuilder() {}

    /**
     * The manifest of {@code file}; reads every weight once, tensors in parallel.
     *
     * @param name for people
     * @throws GgufException if the file is of a model that the engine cannot run, a weight is infinite or NaN, or operations
     *     are too large to be disputed
     */
    public static ModelManifest of(GgufFile file, String name) throws GgufException {
        return of(file, name, bytes -> {});
    }

    /**
     * The same.
     *
     * @param progress told of every tensor's bytes once they are read, by any thread
     */
    public static ModelManifest of(GgufFile file, String name, LongConsumer progress) throws GgufException {
        ModelConfig config = ModelConfig.of(file);
        ModelManifest.Shape shape = shape(file.metadata(), config);
        return new ModelManifest(
                name,
                config.architecture(),
                Arithmetic.VERSION,
                shape,
                TokenizerHash.of(file.metadata()),
                tensors(file, progress));
    }

    private static ModelManifest.Shape shape(GgufMetadata metadata, ModelConfig config) throws GgufException {
        if (config.endTokens().isEmpty()) {
            throw metadata.error("tokenizer.ggml.eos_token_id", "is missing");
        }
        var shape = new ModelManifest.Shape(
                config.layers(),
                config.hidden(),
                config.attention().heads(),
                config.attention().kvHeads(),
                config.attention().headDim(),
                config.feedForward(),
                config.context(),
                config.vocabulary(),
                config.epsilon(),
                ModelManifest.Rotary.of(config.rope()),
                config.attention().window(),
                config.headNorms(),
                config.endTokens());
        if (DisputeLimits.maxPositions(shape) == 0) {
            throw metadata.error("general.architecture", "one operation of this model is too large for a dispute");
        }
        return shape;
    }

    private static List<ModelManifest.Tensor> tensors(GgufFile file, LongConsumer progress) throws GgufException {
        var failure = new AtomicReference<@Nullable GgufException>();
        List<Hash32> roots = file.tensors().parallelStream()
                .map(tensor -> {
                    Hash32 root = Hash32.ZERO;
                    try {
                        root = root(tensor);
                    } catch (GgufException e) {
                        failure.compareAndSet(null, e);
                    }
                    tensor.release();
                    progress.accept(tensor.data().byteSize());
                    return root;
                })
                .toList();
        GgufException error = failure.get();
        if (error != null) {
            throw error;
        }
        List<ModelManifest.Tensor> out = new ArrayList<>();
        for (GgufTensor t : file.tensors()) {
            out.add(new ModelManifest.Tensor(t.name(), t.type().name(), t.rows(), t.columns(), roots.get(out.size())));
        }
        out.sort(Comparator.comparing(ModelManifest.Tensor::name));
        return out;
    }

    private static Hash32 root(GgufTensor tensor) throws GgufException {
        MerkleFrontier frontier = new MerkleFrontier();
        byte[] row = new byte[tensor.rowSize()];
        for (int i = 0; i < tensor.rows(); i++) {
            tensor.copyRow(i, row);
            WeightCheck.check(tensor, i, row);
            frontier.append(Commitments.weightRow(i, row));
        }
        return frontier.root();
    }
}
