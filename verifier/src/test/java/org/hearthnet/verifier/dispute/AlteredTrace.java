package org.hearthnet.verifier.dispute;

import java.util.function.BiFunction;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.LayerLeaf;
import org.hearthnet.verifier.check.StageInputs;

/** A trace of which tokens or vectors are replaced. */
record AlteredTrace(StageTrace inner, int[] tokens, BiFunction<OperationKind, byte[], byte[]> alter)
        implements StageTrace {
    @Override
    public StageInputs inputs() {
        return inner.inputs();
    }

    @Override
    public LayerLeaf leaf(int layer, int position) {
        return inner.leaf(layer, position);
    }

    @Override
    public Hash32 middle(int position) {
        return inner.middle(position);
    }

    @Override
    public Hash32 logits(int position) {
        return inner.logits(position);
    }

    @Override
    public byte[] vector(OperationKind operation, int layer, int position) {
        return alter.apply(operation, inner.vector(operation, layer, position).clone());
    }

    @Override
    public byte[] input(int layer, int position) {
        return inner.input(layer, position);
    }

    @Override
    public byte[] key(int layer, int position) {
        return inner.key(layer, position);
    }

    @Override
    public byte[] value(int layer, int position) {
        return inner.value(layer, position);
    }
}
