package org.hearthnet.node.service.fault;

import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.LayerLeaf;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.verifier.check.StageInputs;
import org.hearthnet.verifier.dispute.StageTrace;

/** What a {@link LyingEngine} did: an honest trace with the tokens that were sent. */
final class LyingTrace implements StageTrace {
    private final StageTrace honest;
    private final int[] tokens;

    LyingTrace(StageTrace honest, ModelManifest.Shape shape, PlantedFault fault) {
        this.honest = honest;
        this.tokens = honest.tokens().clone();
        Hash32 job = honest.inputs().receipt().job();
        for (int i = honest.inputs().assignment().promptTokens(); i < tokens.length; i++) {
            tokens[i] = fault.token(job, i - 1, tokens[i], shape);
        }
    }

    @Override
    public StageInputs inputs() {
        return honest.inputs();
    }

    @Override
    public LayerLeaf leaf(int layer, int position) {
        return honest.leaf(layer, position);
    }

    @Override
    public Hash32 middle(int position) {
        return honest.middle(position);
    }

    @Override
    public Hash32 logits(int position) {
        return honest.logits(position);
    }

    @Override
    public int[] tokens() {
        return tokens;
    }

    @Override
    public byte[] vector(OperationKind operation, int layer, int position) {
        return honest.vector(operation, layer, position);
    }

    @Override
    public byte[] input(int layer, int position) {
        return honest.input(layer, position);
    }

    @Override
    public byte[] key(int layer, int position) {
        return honest.key(layer, position);
    }

    @Override
    public byte[] value(int layer, int position) {
        return honest.value(layer, position);
    }
}
