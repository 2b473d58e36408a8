package org.hearthnet.inference.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.hearthnet.inference.exec.Split.Part;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.gguf.GgufTensor;
import org.hearthnet.inference.kernel.DeviceArray;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.PreparedMatrix;
import org.jspecify.annotations.Nullable;

/**
 * What a stage holds: its layers, the embedding table if it is the first, the final norm and output projection if it is
 * the last.
 */
record StageWeights(
        List<LayerWeights> layers,
        @Nullable GgufTensor embedding,
        @Nullable Head head) {

    /** The final norm and the output projection. */
    record Head(DeviceArray norm, PreparedMatrix output) {}

    /** Bytes of the matrices that a pass reads. */
    long bytes() {
        long bytes = head == null ? 0 : head.output().bytes();
        return bytes + layers.stream().mapToLong(LayerWeights::bytes).sum();
    }

    static StageWeights load(
            GgufFile file, ModelConfig config, LayerRange range, Kernel kernel, Split split, IntConsumer progress)
            throws GgufException {
        var reader = new WeightReader(file, config, kernel, split);
        GgufTensor embedding = file.tensor("token_embd.weight", config.vocabulary(), config.hidden());
        Head head = null;
        if (range.toExclusive() == config.layers()) {
            GgufTensor output = config.tiedEmbeddings()
                    ? embedding
                    : file.tensor("output.weight", config.vocabulary(), config.hidden());
            head = new Head(reader.vector("output_norm.weight", Part.HIDDEN), reader.matrix(output, Part.VOCABULARY));
        }
        var layers = new ArrayList<LayerWeights>();
        for (int layer = range.from(); layer < range.toExclusive(); layer++) {
            layers.add(LayerWeights.load(reader, config, layer));
            progress.accept(layers.size());
        }
        return new StageWeights(List.copyOf(layers), range.from() == 0 ? embedding : null, head);
    }
}
