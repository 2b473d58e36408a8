package org.hearthnet.verifier.check;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.crypto.MerkleFrontier;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.proof.VectorRoot;
import org.hearthnet.inference.trace.TraceSink;

/**
 * Makes a receipt's roots while a stage runs, for its executor and its verifiers alike: two vector roots of the stage's last
 * layer and two leaves for every position. Not thread-safe; the engine calls it from the thread that runs the stage.
 */
public final class TraceRecorder implements TraceSink {
    private final Hash32 job;
    private final int stage;
    private final int lastLayer;
    private final List<Hash32> middles = new ArrayList<>();
    private final List<Hash32> residuals = new ArrayList<>();
    private final List<Hash32> leaves = new ArrayList<>();
    private final MerkleFrontier trace = new MerkleFrontier();
    private final MerkleFrontier boundary = new MerkleFrontier();

    /**
     * A recorder for one run of one stage.
     *
     * @param lastLayer the stage's last layer, counted in the whole model
     */
    public TraceRecorder(Hash32 job, int stage, int lastLayer) {
        this.job = job;
        this.stage = stage;
        this.lastLayer = lastLayer;
    }

    @Override
    public void innerResidual(int layer, int position, float[] values, int offset, int length) {
        if (isNext(position, middles.size())) {
            middles.add(VectorRoot.of(values, offset, length));
        }
    }

    @Override
    public void residual(int layer, int position, float[] values, int offset, int length) {
        if (layer == lastLayer && isNext(position, residuals.size())) {
            Hash32 residual = VectorRoot.of(values, offset, length);
            Hash32 leaf = Commitments.trace(job, stage, position, residual, middles.get(position));
            residuals.add(residual);
            leaves.add(leaf);
            trace.append(leaf);
            boundary.append(Commitments.boundary(position, residual));
        }
    }

    /** A poisoned neighbour in a batch makes positions come again, with the same bits. */
    private static boolean isNext(int position, int count) {
        if (position > count) {
            throw new IllegalStateException("position " + position + " comes before position " + count);
        }
        return position == count;
    }

    /** Positions recorded. */
    public int positions() {
        return leaves.size();
    }

    /** The trace root of a receipt over all positions so far. */
    public Hash32 traceRoot() {
        return trace.root();
    }

    /** The output root of a receipt of a stage that is not the last, and of its signed boundary statements. */
    public Hash32 boundaryRoot() {
        return boundary.root();
    }

    /** The trace leaves so far, from which tags are made: never to be shown to anybody. */
    public List<Hash32> traceLeaves() {
        return List.copyOf(leaves);
    }

    /** Roots of the residual stream after the last layer. */
    public List<Hash32> residuals() {
        return List.copyOf(residuals);
    }

    /** Roots of the residual stream inside the last layer. */
    public List<Hash32> middles() {
        return List.copyOf(middles);
    }
}
