package org.hearthnet.verifier.dispute;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.crypto.MerkleTree;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.verifier.check.StageInputs;

/** Receipts for whatever a trace says. */
final class Receipts {
    private Receipts() {}

    static StageInputs inputs(StageTrace trace) {
        StageInputs i = trace.inputs();
        return new StageInputs(i.assignment(), of(trace), i.tokens(), i.salt(), i.activations());
    }

    static Receipt of(StageTrace trace) {
        StageInputs inputs = trace.inputs();
        Receipt r = inputs.receipt();
        List<Hash32> leaves = new ArrayList<>();
        List<Hash32> boundary = new ArrayList<>();
        for (int p = 0; p < r.positions(); p++) {
            Hash32 residual = trace.leaf(inputs.span().to() - 1, p).residual();
            leaves.add(Commitments.trace(r.job(), r.stage(), p, residual, trace.middle(p)));
            boundary.add(Commitments.boundary(p, residual));
        }
        Hash32 output = inputs.isLast()
                ? Commitments.tokenRoot(trace.tokens(), trace.tokens().length)
                : MerkleTree.root(boundary);
        return new Receipt(
                r.job(),
                r.stage(),
                r.executor(),
                r.positions(),
                r.inputRoot(),
                r.upstream(),
                output,
                r.downstream(),
                MerkleTree.root(leaves),
                r.fee(),
                r.layerTokens());
    }
}
