package org.hearthnet.verifier.check;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.proof.VectorRoot;

/** The leaves under a receipt's input root. */
public final class InputRoots {
    private InputRoots() {}

    /** Root of the residual stream that comes in at {@code position} of a stage that is not the first. */
    public static Hash32 residual(StageInputs inputs, int hidden, int position) {
        return VectorRoot.of(inputs.activations(), position * hidden, hidden);
    }

    /** One leaf for every position. */
    public static List<Hash32> leaves(StageInputs inputs, int hidden) {
        int positions = inputs.receipt().positions();
        List<Hash32> leaves = new ArrayList<>(positions);
        for (int p = 0; p < positions; p++) {
            leaves.add(
                    inputs.isFirst()
                            ? Commitments.token(p, inputs.tokens()[p])
                            : Commitments.boundary(p, residual(inputs, hidden, p)));
        }
        return leaves;
    }
}
