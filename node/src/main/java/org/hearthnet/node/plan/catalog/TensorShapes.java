package org.hearthnet.node.plan.catalog;

import java.util.List;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.exec.ModelConfig;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.node.plan.ModelShape;

/** Shapes out of files and manifests: what Hearth itself runs, with activations in fp32 and caches in fp16. */
public final class TensorShapes {
    private static final String LAYER_PREFIX = "blk.";
    private static final String EMBEDDING = "token_embd.weight";
    private static final String OUTPUT = "output.weight";
    private static final int FLOAT_BYTES = 4;
    private static final int HALF_BYTES = 2;

    private TensorShapes() {}

    private record Tensor(String name, double weights, double bytes) {}

    /** The shape of a model in a file. */
    public static ModelShape of(String name, GgufFile file) throws GgufException {
        ModelConfig config = ModelConfig.of(file);
        List<Tensor> tensors = file.tensors().stream()
                .map(t -> new Tensor(
                        t.name(), (double) t.rows() * t.columns(), t.data().byteSize()))
                .toList();
        var attention = config.attention();
        return shape(
                name,
                tensors,
                config.layers(),
                config.hidden(),
                attention.heads(),
                attention.kvHeads(),
                attention.headDim(),
                config.context());
    }

    /** The shape of a model that a manifest describes. */
    public static ModelShape of(ModelManifest manifest) {
        List<Tensor> tensors =
                manifest.tensors().stream().map(TensorShapes::tensor).toList();
        ModelManifest.Shape s = manifest.shape();
        return shape(
                manifest.name(), tensors, s.layers(), s.hidden(), s.heads(), s.kvHeads(), s.headSize(), s.context());
    }

    private static Tensor tensor(ModelManifest.Tensor t) {
        double bytes = (double) t.rows() * WeightFormat.valueOf(t.type()).rowBytes(t.columns());
        return new Tensor(t.name(), (double) t.rows() * t.columns(), bytes);
    }

    private static ModelShape shape(
            String name,
            List<Tensor> tensors,
            int layers,
            int hidden,
            int heads,
            int keyValueHeads,
            int headSize,
            int context) {
        double weights = tensors.stream().mapToDouble(Tensor::weights).sum();
        double bytes = tensors.stream().mapToDouble(Tensor::bytes).sum();
        double inLayers = tensors.stream()
                .filter(t -> t.name().startsWith(LAYER_PREFIX))
                .mapToDouble(Tensor::weights)
                .sum();
        double embedding = named(tensors, EMBEDDING);
        boolean tied = tensors.stream().noneMatch(t -> t.name().equals(OUTPUT));
        return new ModelShape(
                name,
                layers,
                hidden,
                heads,
                keyValueHeads,
                headSize,
                inLayers / layers,
                tied ? 0 : embedding,
                tied ? embedding : named(tensors, OUTPUT),
                bytes / weights,
                FLOAT_BYTES,
                HALF_BYTES,
                context);
    }

    private static double named(List<Tensor> tensors, String name) {
        return tensors.stream()
                .filter(t -> t.name().equals(name))
                .mapToDouble(Tensor::weights)
                .sum();
    }
}
