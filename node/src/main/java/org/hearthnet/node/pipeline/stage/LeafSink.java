package org.hearthnet.node.pipeline.stage;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.proof.VectorRoot;
import org.hearthnet.inference.trace.TraceSink;

/** Makes the leaves of boundary and trace roots while a stage runs: two hashes of a vector for each position. */
final class LeafSink implements TraceSink {
    private final Hash32 job;
    private final int stage;
    private final int lastLayer;
    private final List<Hash32> middles = new ArrayList<>();
    private final List<Hash32> residuals = new ArrayList<>();
    private final List<Hash32> traces = new ArrayList<>();

    LeafSink(Hash32 job, int stage, int lastLayer) {
        this.job = job;
        this.stage = stage;
        this.lastLayer = lastLayer;
    }

    @Override
    public void innerResidual(int layer, int position, float[] values, int offset, int length) {
        middles.add(VectorRoot.of(values, offset, length));
    }

    @Override
    public void residual(int layer, int position, float[] values, int offset, int length) {
        if (layer == lastLayer) {
            Hash32 residual = VectorRoot.of(values, offset, length);
            // The engine reports the middle of a layer before its end, position by position in the same order.
            Hash32 middle = middles.get(residuals.size());
            residuals.add(residual);
            traces.add(Commitments.trace(job, stage, position, residual, middle));
        }
    }

    List<Hash32> residuals() {
        return residuals;
    }

    List<Hash32> traces() {
        return traces;
    }
}
