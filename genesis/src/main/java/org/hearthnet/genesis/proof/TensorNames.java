package org.hearthnet.genesis.proof;

import java.util.Optional;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.spec.ModelManifest;

/** Which tensor an operation reads, by its name in GGUF. */
public final class TensorNames {
    private static final String EMBEDDING = "token_embd.weight";
    private static final String OUTPUT = "output.weight";

    private TensorNames() {}

    /**
     * The tensor of {@code operation} in {@code layer}; models without an output matrix use the embedding table.
     *
     * @throws IllegalArgumentException if the operation reads no weights
     */
    public static String of(ModelManifest manifest, OperationKind operation, int layer) {
        return switch (operation) {
            case EMBED -> EMBEDDING;
            case ATTN_NORM -> block(layer, "attn_norm");
            case Q -> block(layer, "attn_q");
            case K -> block(layer, "attn_k");
            case V -> block(layer, "attn_v");
            case Q_NORM -> block(layer, "attn_q_norm");
            case K_NORM -> block(layer, "attn_k_norm");
            case ATTN_OUT -> block(layer, "attn_output");
            case FFN_NORM -> block(layer, "ffn_norm");
            case GATE -> block(layer, "ffn_gate");
            case UP -> block(layer, "ffn_up");
            case DOWN -> block(layer, "ffn_down");
            case OUT_NORM -> "output_norm.weight";
            case LOGITS -> manifest.tensor(OUTPUT).isPresent() ? OUTPUT : EMBEDDING;
            case Q_ROPE,
                    K_CACHE,
                    V_CACHE,
                    ATTN_SCORES,
                    ATTN_WEIGHTS,
                    ATTN_MIX,
                    RESIDUAL_MID,
                    ACT,
                    RESIDUAL_OUT,
                    SAMPLE -> throw new IllegalArgumentException(operation + " reads no weights");
        };
    }

    /** The tensor that is added to the result of {@code operation} in {@code layer}, if the model has one. */
    public static Optional<String> bias(ModelManifest manifest, OperationKind operation, int layer) {
        String part = switch (operation) {
            case Q -> "attn_q";
            case K -> "attn_k";
            case V -> "attn_v";
            default -> "";
        };
        return Optional.of("blk." + layer + "." + part + ".bias")
                .filter(name -> !part.isEmpty() && manifest.tensor(name).isPresent());
    }

    private static String block(int layer, String part) {
        return "blk." + layer + "." + part + ".weight";
    }
}
