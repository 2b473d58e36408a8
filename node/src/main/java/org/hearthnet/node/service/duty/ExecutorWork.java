package org.hearthnet.node.service.duty;

import java.io.IOException;
import java.util.List;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.node.pipeline.store.JobStore;
import org.hearthnet.node.pipeline.store.StoredReceipt;
import org.hearthnet.verifier.check.StageInputs;

/** An executor's steps, from what it has kept of its jobs. */
final class ExecutorWork {
    private final JobStore store;

    ExecutorWork(JobStore store) {
        this.store = store;
    }

    /** The answer to a sealed tag: the own tag for that verifier, from the trace leaves as they were executed. */
    TransactionBody answer(Duty duty, Batch batch) throws IOException {
        List<Hash32> leaves = store.traces(receipt(duty, batch));
        return new TransactionBody.PostAnswer(duty.id(), Commitments.tagRoot(duty.id(), duty.verifier(), leaves));
    }

    /** What came into the stage of a drawn receipt. */
    StageInputs inputs(Duty duty, Batch batch) throws IOException {
        return store.inputs(receipt(duty, batch));
    }

    private StoredReceipt receipt(Duty duty, Batch batch) throws IOException {
        return store.receiptOf(batch.root().hash(), duty.index())
                .orElseThrow(
                        () -> new IOException("the receipt of duty " + duty.id() + " is not on this disk any more"));
    }
}
