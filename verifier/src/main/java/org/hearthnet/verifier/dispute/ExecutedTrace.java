package org.hearthnet.verifier.dispute;

import java.util.Arrays;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.LayerLeaf;
import org.hearthnet.genesis.proof.VectorRoot;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.LogitsWanted;
import org.hearthnet.inference.exec.SequenceState;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.exec.Step;
import org.hearthnet.inference.kernel.KvLayer;
import org.hearthnet.inference.trace.OperationPlace;
import org.hearthnet.inference.trace.TraceSink;
import org.hearthnet.verifier.check.StageInputs;
import org.hearthnet.verifier.check.TeacherForcing;
import org.jspecify.annotations.Nullable;

/**
 * A trace by execution: one run for all leaves, whose cache is kept, and one more position whenever the operations of a
 * place are asked for. Memory: the cache, and 4 hashes for every layer and position. Not thread-safe.
 */
public final class ExecutedTrace implements StageTrace, AutoCloseable {
    private final StageExecutor executor;
    private final StageInputs inputs;
    private final SequenceState sequence;
    private final LeafSink leaves;
    private final Hash32[] logits;
    private final int[] tokens;
    private @Nullable PlaceSink place;

    private ExecutedTrace(StageExecutor executor, StageInputs inputs, SequenceState sequence) {
        this.executor = executor;
        this.inputs = inputs;
        this.sequence = sequence;
        int positions = inputs.receipt().positions();
        this.leaves = new LeafSink(inputs.span(), executor.config().attention().headDim(), positions);
        this.logits = new Hash32[positions];
        Arrays.fill(logits, Hash32.ZERO);
        this.tokens = new TeacherForcing(executor, inputs, leaves, (p, l, o, n) -> logits[p] = VectorRoot.of(l, o, n))
                .run(sequence);
    }

    /**
     * Runs the stage.
     *
     * @param executor for an executor the one that served the job, so that it shows what it did
     * @throws org.hearthnet.genesis.arithmetic.PoisonException if the arithmetic ends the job
     * @throws org.hearthnet.inference.exec.KvExhaustedException if {@code budget} does not suffice
     */
    public static ExecutedTrace run(StageExecutor executor, StageInputs inputs, KvBudget budget) {
        SequenceState sequence = executor.newSequence(inputs.receipt().positions(), budget);
        boolean done = false;
        try {
            ExecutedTrace trace = new ExecutedTrace(executor, inputs, sequence);
            done = true;
            return trace;
        } finally {
            if (!done) {
                sequence.close();
            }
        }
    }

    @Override
    public StageInputs inputs() {
        return inputs;
    }

    @Override
    public LayerLeaf leaf(int layer, int position) {
        return leaves.leaf(layer, position);
    }

    @Override
    public Hash32 middle(int position) {
        return leaves.middle(position);
    }

    @Override
    public Hash32 logits(int position) {
        return logits[position];
    }

    @Override
    public int[] tokens() {
        return tokens;
    }

    @Override
    public byte[] vector(OperationKind operation, int layer, int position) {
        return at(layer, position).vector(operation);
    }

    @Override
    public byte[] input(int layer, int position) {
        int hidden = executor.config().hidden();
        if (layer == inputs.span().from() && layer > 0) {
            return VectorRoot.bytes(inputs.activations(), position * hidden, hidden);
        }
        return at(layer, position).input();
    }

    @Override
    public byte[] key(int layer, int position) {
        require(position + 1);
        return LeafSink.bytes(cache(layer).keys(position));
    }

    @Override
    public byte[] value(int layer, int position) {
        require(position + 1);
        return LeafSink.bytes(cache(layer).values(position));
    }

    private KvLayer cache(int layer) {
        return sequence.layer(layer);
    }

    private PlaceSink at(int layer, int position) {
        if (place == null || !place.isAt(layer, position)) {
            require(position);
            sequence.truncate(position);
            place = new PlaceSink(new OperationPlace(layer, position));
            forward(position, 1, place);
        }
        return place;
    }

    /** Looking at a place forgets what came after it; here it is computed again. */
    private void require(int positions) {
        while (sequence.length() < positions) {
            forward(sequence.length(), Math.min(256, positions - sequence.length()), TraceSink.NONE);
        }
    }

    private void forward(int from, int count, TraceSink sink) {
        executor.forward(
                new Step(sequence, TeacherForcing.input(executor, inputs, from, count), LogitsWanted.NONE, sink));
    }

    @Override
    public void close() {
        sequence.close();
    }
}
