package org.hearthnet.genesis.proof;

import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.spec.ModelManifest.Shape;

/**
 * How large a dispute can get. Every move has to fit into one transaction, whoever makes it; a receipt of more positions
 * than {@link #maxPositions} could not be disputed and must therefore never be accepted.
 */
public final class DisputeLimits {
    /** Most positions of a receipt, whatever the model. */
    public static final int MAX_POSITIONS = 4096;

    /** Largest encoded move in bytes. */
    public static final int MAX_MOVE_BYTES = 880_000;

    private static final int HASH = 32;
    /** Tags, lengths, element numbers and the longest paths of a move. */
    private static final int OVERHEAD = 4096;

    private DisputeLimits() {}

    /**
     * Most positions of a receipt of a model of this shape; 0 if not even one position can be disputed. What bounds it is in
     * most models the attention mix, whose evidence opens one value head for every position.
     */
    public static int maxPositions(Shape shape) {
        long room = MAX_MOVE_BYTES - OVERHEAD;
        if (largestFixedMove(shape) > room) {
            return 0;
        }
        long layers = room - (long) HASH * shape.layers();
        long most = Math.min(layers / (5 * HASH + Integer.BYTES), room / mixBytesPerPosition(shape));
        most = Math.min(most, room / ((long) shape.heads() * Float.BYTES));
        return (int) Math.max(0, Math.min(most, MAX_POSITIONS));
    }

    private static long mixBytesPerPosition(Shape shape) {
        int path = Integer.SIZE - Integer.numberOfLeadingZeros(shape.kvHeads() - 1);
        return (long) shape.headSize() * Short.BYTES + (long) HASH * path + 2 * Integer.BYTES + Float.BYTES;
    }

    /** The largest evidence that does not grow with positions: a vector claimed, or operands and a row of fp32 weights. */
    private static long largestFixedMove(Shape shape) {
        long largest = 0;
        for (OperationKind operation : OperationKind.values()) {
            if (operation != OperationKind.ATTN_SCORES && operation != OperationKind.ATTN_WEIGHTS) {
                largest = Math.max(largest, OperationVectors.bytes(operation, shape, 0));
            }
        }
        long row = Math.max(Math.max(shape.ffn(), shape.hidden()), (long) shape.heads() * shape.headSize());
        // A projection's bias is opened whole, beside its operand and its row.
        long bias = (long) shape.heads() * shape.headSize();
        return Math.max(largest, (2 * row + bias) * Float.BYTES);
    }
}
