package org.hearthnet.genesis.proof;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.codec.Tag;
import org.hearthnet.genesis.primitive.Bytes;

/**
 * Everything that one element of one operation is computed from. Whole operands are little-endian vectors that hash to
 * the roots the executor has shown; slices carry a path to them; weights carry a path to the manifest. Which kind of
 * evidence belongs to which operation is in {@code docs/disputes.md}.
 */
public sealed interface OperationEvidence {
    /** Longest operand of an operation in bytes. */
    int MAX_OPERAND = DisputeLimits.MAX_MOVE_BYTES;

    /** Number of the element of the claimed vector. */
    int element();

    /** EMBED: the token's row of the embedding table; the token itself is shown by the executor. */
    @Tag(1)
    record Embedding(int element, WeightOpening row) implements OperationEvidence {}

    /** ATTN_NORM, FFN_NORM, OUT_NORM, Q_NORM, K_NORM: the vector before, and the weights, which are one row. */
    @Tag(2)
    record Norm(int element, @Limit(MAX_OPERAND) Bytes operand, WeightOpening weights) implements OperationEvidence {}

    /**
     * Q, K, V, ATTN_OUT, GATE, UP, DOWN, LOGITS: the vector before, the matrix row of the element, and the bias vector of
     * Q, K and V where the model has one.
     */
    @Tag(3)
    record Projection(int element, @Limit(MAX_OPERAND) Bytes operand, WeightOpening row, Optional<WeightOpening> bias)
            implements OperationEvidence {
        /** Of a projection without bias. */
        public Projection(int element, Bytes operand, WeightOpening row) {
            this(element, operand, row, Optional.empty());
        }
    }

    /** Q_ROPE, K_CACHE, V_CACHE: the projection, or its head norms, before. */
    @Tag(4)
    record Conversion(int element, @Limit(MAX_OPERAND) Bytes operand) implements OperationEvidence {}

    /** RESIDUAL_MID (layer input, ATTN_OUT), ACT (GATE, UP), RESIDUAL_OUT (RESIDUAL_MID, DOWN). */
    @Tag(5)
    record Elementwise(
            int element,
            @Limit(MAX_OPERAND) Bytes left,
            @Limit(MAX_OPERAND) Bytes right) implements OperationEvidence {}

    /** ATTN_SCORES: the rotated queries, and the key head of the element's position. */
    @Tag(6)
    record Score(int element, @Limit(MAX_OPERAND) Bytes queries, VectorSlice key) implements OperationEvidence {}

    /** ATTN_WEIGHTS: the scores of the element's head. */
    @Tag(7)
    record Softmax(int element, VectorSlice scores) implements OperationEvidence {}

    /** ATTN_MIX: the weights of the element's head, and the value head at every position up to this one. */
    @Tag(8)
    record Mix(
            int element,
            VectorSlice weights,
            @Limit(DisputeLimits.MAX_POSITIONS) List<VectorSlice> values) implements OperationEvidence {}

    /** SAMPLE: all logits. */
    @Tag(9)
    record Draw(@Limit(MAX_OPERAND) Bytes logits) implements OperationEvidence {
        @Override
        public int element() {
            return 0;
        }
    }
}
