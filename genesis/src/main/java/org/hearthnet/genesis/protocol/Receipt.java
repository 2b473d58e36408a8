package org.hearthnet.genesis.protocol;

import java.util.Optional;
import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.crypto.SumTree;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * One stage's account of one job, committed to before anybody can know whether it will be checked.
 *
 * @param job id of the {@link Assignment}
 * @param stage number of the stage
 * @param executor who ran it
 * @param positions positions executed, from 0
 * @param inputRoot what came in: tokens for the first stage, else activations
 * @param upstream the sender's signature over the {@link BoundaryStatement} of the input; none for a first stage that
 *     ran the prompt alone
 * @param outputRoot what went out: tokens (prompt and answer) for the last stage, else activations
 * @param downstream the receiver's signature over the {@link BoundaryStatement} of the output, if it gave one
 * @param traceRoot root over one leaf a position that also covers a residual inside the stage, which is never sent
 * @param fee price of the stage times layer-tokens
 * @param layerTokens layers times positions
 */
public record Receipt(
        Hash32 job,
        int stage,
        NodeId executor,
        int positions,
        Hash32 inputRoot,
        Optional<Signature> upstream,
        Hash32 outputRoot,
        Optional<Signature> downstream,
        Hash32 traceRoot,
        Amount fee,
        long layerTokens) {
    /** Domain and encoding. */
    public static final Kind<Receipt> KIND = Kind.of("hearth/receipt/1", Receipt.class);

    /** Checks the ranges. */
    public Receipt {
        if (stage < 0
                || stage >= Assignment.MAX_STAGES
                || positions < 1
                || positions > Assignment.MAX_POSITIONS
                || layerTokens < 1) {
            throw new IllegalArgumentException("stage " + stage + " with " + positions + " positions");
        }
    }

    /** This receipt as a leaf of its batch's sum tree. */
    public SumTree.Sum leaf() {
        return new SumTree.Sum(KIND.hash(this), fee, layerTokens);
    }
}
