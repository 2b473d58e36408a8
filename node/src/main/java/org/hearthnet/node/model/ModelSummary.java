package org.hearthnet.node.model;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.exec.ModelConfig;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.gguf.GgufMetadata;
import org.hearthnet.inference.gguf.GgufTensor;
import org.hearthnet.inference.token.Tokenizer;
import org.hearthnet.inference.token.Tokenizers;

/**
 * What a model file says of itself.
 *
 * @param title the file's own name for the model, empty if it has none
 * @param formats formats of its weights, the one with the most weights first
 * @param parameters number of weights
 * @param bytes size of the file
 * @param tokenizer kind and, for byte pairs, the way text is cut
 * @param vocabulary number of tokens
 * @param chat whether it has a chat template
 */
public record ModelSummary(
        String title,
        String architecture,
        List<String> formats,
        long parameters,
        long bytes,
        int layers,
        int hidden,
        int context,
        String tokenizer,
        int vocabulary,
        boolean chat) {
    /** Copies the list. */
    public ModelSummary {
        formats = List.copyOf(formats);
    }

    /**
     * Reads and checks everything but the weights.
     *
     * @throws GgufException if the engine cannot run the model or its tokenizer; the message names what is not supported
     */
    public static ModelSummary of(GgufFile file) throws GgufException {
        ModelConfig config = ModelConfig.of(file);
        GgufMetadata metadata = file.metadata();
        Tokenizer tokenizer = Tokenizers.of(metadata);
        Map<WeightFormat, Long> weights = new EnumMap<>(WeightFormat.class);
        for (GgufTensor tensor : file.tensors()) {
            weights.merge(tensor.type(), (long) tensor.rows() * tensor.columns(), Long::sum);
        }
        String kind = metadata.text("tokenizer.ggml.model").orElse("");
        return new ModelSummary(
                metadata.text("general.name").orElse(""),
                config.architecture(),
                weights.entrySet().stream()
                        .sorted(Map.Entry.<WeightFormat, Long>comparingByValue(Comparator.reverseOrder()))
                        .map(each -> each.getKey().name())
                        .toList(),
                weights.values().stream().mapToLong(Long::longValue).sum(),
                file.bytes(),
                config.layers(),
                config.hidden(),
                config.context(),
                metadata.text("tokenizer.ggml.pre").map(pre -> kind + " " + pre).orElse(kind),
                tokenizer.vocabulary(),
                metadata.find("tokenizer.chat_template").isPresent());
    }

    /** The number of weights for people, such as {@code 1.10 B}. */
    public String size() {
        return parameters >= 1_000_000_000
                ? String.format(Locale.ROOT, "%.2f B", parameters / 1e9)
                : String.format(Locale.ROOT, "%.1f M", parameters / 1e6);
    }
}
