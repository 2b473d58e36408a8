package org.hearthnet.node.service.account;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.LayerRange;
import org.hearthnet.inference.exec.SequenceState;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.ReferenceKernel;
import org.hearthnet.node.pipeline.stage.ModelEngine;
import org.hearthnet.node.pipeline.store.JobStore;
import org.hearthnet.node.pipeline.store.StoredReceipt;
import org.hearthnet.verifier.check.StageInputs;
import org.hearthnet.verifier.check.TeacherForcing;
import org.hearthnet.verifier.check.TraceRecorder;

/**
 * A look at an own receipt before it is committed to: its first positions once more, on the reference kernel. Home cards
 * have no error correction, and an error of the own machine costs the bond like any other. On a node with a planted fault
 * the fault is part of what runs its stages, here too, so this does not find it.
 */
final class SelfRecheck {
    /** Positions looked at: the reference kernel is slow. */
    static final int POSITIONS = 16;

    private final GgufFile file;
    private final JobStore store;
    private final ModelEngine.Variant variant;

    SelfRecheck(GgufFile file, JobStore store, ModelEngine.Variant variant) {
        this.file = file;
        this.store = store;
        this.variant = variant;
    }

    /** The first position at which {@code receipt} is not what this machine computes now, if there is one. */
    Optional<Integer> firstDifference(StoredReceipt receipt) throws IOException {
        List<Hash32> committed = store.traces(receipt);
        StageInputs inputs = beginning(store.inputs(receipt));
        List<Hash32> now = execute(inputs);
        for (int p = 0; p < now.size(); p++) {
            if (!now.get(p).equals(committed.get(p))) {
                return Optional.of(p);
            }
        }
        return Optional.empty();
    }

    /** The inputs of the first positions, in the shape of a shorter receipt. */
    private static StageInputs beginning(StageInputs all) {
        Receipt r = all.receipt();
        Receipt shorter = new Receipt(
                r.job(),
                r.stage(),
                r.executor(),
                Math.min(POSITIONS, r.positions()),
                r.inputRoot(),
                r.upstream(),
                r.outputRoot(),
                r.downstream(),
                r.traceRoot(),
                r.fee(),
                r.layerTokens());
        return new StageInputs(all.assignment(), shorter, all.tokens(), all.salt(), all.activations());
    }

    private List<Hash32> execute(StageInputs inputs) throws GgufException {
        Assignment assignment = inputs.assignment();
        int stage = inputs.receipt().stage();
        var span = inputs.span();
        try (var kernel = new ReferenceKernel()) {
            StageExecutor loaded = StageExecutor.load(file, new LayerRange(span.from(), span.to()), kernel);
            StageExecutor executor = variant.of(loaded, assignment, stage);
            var recorder = new TraceRecorder(inputs.receipt().job(), stage, span.to() - 1);
            try (SequenceState sequence =
                    executor.newSequence(inputs.receipt().positions(), new KvBudget(Long.MAX_VALUE))) {
                new TeacherForcing(executor, inputs, recorder, (p, l, o, n) -> {}).run(sequence);
            }
            return recorder.traceLeaves();
        }
    }
}
