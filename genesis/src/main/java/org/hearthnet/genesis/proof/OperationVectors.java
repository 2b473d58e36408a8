package org.hearthnet.genesis.proof;

import java.util.EnumSet;
import java.util.List;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ModelManifest.Shape;

/** The result vectors of operations: how many elements, of how many bytes, in which chunks they are committed to. */
public final class OperationVectors {
    private static final List<OperationKind> HEAD = List.of(OperationKind.OUT_NORM, OperationKind.LOGITS);
    private static final List<OperationKind> LAYER =
            List.copyOf(EnumSet.range(OperationKind.ATTN_NORM, OperationKind.RESIDUAL_OUT));
    private static final List<OperationKind> FIRST =
            List.copyOf(EnumSet.range(OperationKind.EMBED, OperationKind.RESIDUAL_OUT));

    private static final List<OperationKind> LAYER_PLAIN = withoutHeadNorms(LAYER);
    private static final List<OperationKind> FIRST_PLAIN = withoutHeadNorms(FIRST);

    private OperationVectors() {}

    /**
     * The operations of a layer whose vectors have roots, in order. The head's token is no vector and has none.
     *
     * @param layer from 0; {@code shape.layers()} for the output head
     */
    public static List<OperationKind> of(Shape shape, int layer) {
        if (layer == shape.layers()) {
            return HEAD;
        }
        if (shape.headNorms()) {
            return layer == 0 ? FIRST : LAYER;
        }
        return layer == 0 ? FIRST_PLAIN : LAYER_PLAIN;
    }

    private static List<OperationKind> withoutHeadNorms(List<OperationKind> operations) {
        return operations.stream()
                .filter(o -> o != OperationKind.Q_NORM && o != OperationKind.K_NORM)
                .toList();
    }

    /** The vector that {@code operation}, Q_ROPE or K_CACHE, rotates. */
    public static OperationKind beforeRope(OperationKind operation, Shape shape) {
        if (operation == OperationKind.Q_ROPE) {
            return shape.headNorms() ? OperationKind.Q_NORM : OperationKind.Q;
        }
        return shape.headNorms() ? OperationKind.K_NORM : OperationKind.K;
    }

    /** Number of elements at {@code position}. */
    public static long elements(OperationKind operation, Shape shape, int position) {
        return switch (operation) {
            case EMBED, ATTN_NORM, ATTN_OUT, RESIDUAL_MID, FFN_NORM, DOWN, RESIDUAL_OUT, OUT_NORM -> shape.hidden();
            case Q, Q_NORM, Q_ROPE, ATTN_MIX -> (long) shape.heads() * shape.headSize();
            case K, V, K_NORM, K_CACHE, V_CACHE -> (long) shape.kvHeads() * shape.headSize();
            case ATTN_SCORES, ATTN_WEIGHTS -> (long) shape.heads() * (position + 1);
            case GATE, UP, ACT -> shape.ffn();
            case LOGITS -> shape.vocabulary();
            case SAMPLE -> 1;
        };
    }

    /** Bytes of an element: 2 for what is cached as fp16, else 4. */
    public static int elementBytes(OperationKind operation) {
        return operation == OperationKind.K_CACHE || operation == OperationKind.V_CACHE ? Short.BYTES : Float.BYTES;
    }

    /** Bytes of the vector at {@code position}. */
    public static long bytes(OperationKind operation, Shape shape, int position) {
        return elements(operation, shape, position) * elementBytes(operation);
    }

    /** Bytes of a chunk: one head where attention opens single heads, else {@link VectorRoot#CHUNK_BYTES}. */
    public static int chunkBytes(OperationKind operation, Shape shape, int position) {
        return switch (operation) {
            case K_CACHE, V_CACHE -> shape.headSize() * Short.BYTES;
            case ATTN_SCORES, ATTN_WEIGHTS -> (position + 1) * Float.BYTES;
            case EMBED,
                    ATTN_NORM,
                    Q,
                    K,
                    V,
                    Q_NORM,
                    K_NORM,
                    Q_ROPE,
                    ATTN_MIX,
                    ATTN_OUT,
                    RESIDUAL_MID,
                    FFN_NORM,
                    GATE,
                    UP,
                    ACT,
                    DOWN,
                    RESIDUAL_OUT,
                    OUT_NORM,
                    LOGITS,
                    SAMPLE -> VectorRoot.CHUNK_BYTES;
        };
    }

    /** The root of {@code vector}, the result of {@code operation} at {@code position}. */
    public static Hash32 root(OperationKind operation, Shape shape, int position, byte[] vector) {
        return VectorRoot.of(vector, chunkBytes(operation, shape, position));
    }
}
