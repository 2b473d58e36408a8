package org.hearthnet.inference.exec;

import java.util.List;
import org.hearthnet.genesis.arithmetic.RopeParameters;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.AttentionShape;

/**
 * The shape of a model.
 *
 * @param architecture as in GGUF
 * @param context positions the model was made for
 * @param rope the rotary embedding
 * @param headNorms whether every query and key head is normalised before it is rotated
 * @param tiedEmbeddings whether the output projection is the embedding table
 * @param endTokens the tokens that end an answer, ascending; may be empty
 */
public record ModelConfig(
        String architecture,
        int layers,
        int hidden,
        AttentionShape attention,
        int feedForward,
        int vocabulary,
        int context,
        RopeParameters rope,
        float epsilon,
        boolean headNorms,
        boolean tiedEmbeddings,
        List<Integer> endTokens) {
    /** Checks what holds for every model. */
    public ModelConfig {
        endTokens = List.copyOf(endTokens);
    }

    /**
     * Reads the shape from a file.
     *
     * @throws GgufException if the architecture or a feature of it is not supported, or a number is out of range
     */
    public static ModelConfig of(GgufFile file) throws GgufException {
        return new ModelConfigReader(file).read();
    }

    /** All layers. */
    public LayerRange all() {
        return new LayerRange(0, layers);
    }

    /** Whether {@code token} ends an answer. */
    public boolean ends(int token) {
        return endTokens.contains(token);
    }
}
