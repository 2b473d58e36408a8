package org.hearthnet.ledger.state;

import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * A proven fault.
 *
 * @param node who
 * @param job in which job; for a double vote a hash of the height
 * @param stage as which stage; for equivocation the stage that sends over the boundary, -1 for the ring's last stage
 * @param layer where the first wrong operation is; -1 for equivocation
 * @param position at which position; -1 for equivocation
 * @param operation which operation, or {@value #EQUIVOCATION}, or {@value #DOUBLE_VOTE}
 * @param bond frozen with it
 * @param height height of the block that convicted
 * @param evidence id of the transaction that proved it
 */
public record Conviction(
        NodeId node,
        Hash32 job,
        int stage,
        int layer,
        int position,
        @Limit(Conviction.MAX_OPERATION_BYTES) String operation,
        Amount bond,
        long height,
        Hash32 evidence) {
    /** Longest name of an operation. */
    public static final int MAX_OPERATION_BYTES = 128;

    /** The operation of a conviction for two votes or two blocks at one place in the chain. */
    public static final String DOUBLE_VOTE = "double vote";

    /** The operation of a conviction for two contradicting signatures. */
    public static final String EQUIVOCATION = "equivocation";
}
