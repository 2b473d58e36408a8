package org.hearthnet.node.service.account;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.store.LedgerView;
import org.hearthnet.node.log.NodeLog;
import org.hearthnet.node.pipeline.store.ClaimBuilder;
import org.hearthnet.node.pipeline.store.JobStore;
import org.hearthnet.node.pipeline.store.StoredBatch;
import org.hearthnet.node.pipeline.store.StoredReceipt;
import org.hearthnet.node.service.plan.ChorePlanner;

/** Claims: what to post, and what to do with the store when the ledger has spoken. */
final class ClaimWork {
    private static final NodeLog LOG = NodeLog.of("claim");

    /** Longer than any version of an own transaction is valid. */
    static final long TRANSACTION_LIFE_BLOCKS = 100;

    private final NodeId self;
    private final JobStore store;
    private final ClaimBuilder builder;
    private final SelfRecheck recheck;
    private Hash32 refusedRoot = Hash32.ZERO;
    private long refusedSince;

    ClaimWork(NodeId self, JobStore store, ClaimBuilder builder, SelfRecheck recheck) {
        this.self = self;
        this.store = store;
        this.builder = builder;
        this.recheck = recheck;
    }

    /** Whether there is anything to claim. */
    boolean hasReceipts() {
        return !store.unclaimed().isEmpty() || built().isPresent();
    }

    private Optional<StoredBatch> built() {
        return store.batches().stream()
                .filter(b -> b.state() == StoredBatch.State.BUILT)
                .findFirst();
    }

    /** The claim to post, after a look at the newest receipt in it. */
    Optional<TransactionBody> claim(long epoch) throws IOException {
        if (built().isEmpty()) {
            checkNewest();
        }
        return builder.build(epoch).map(b -> new TransactionBody.ClaimReceipts(b.batch()));
    }

    private void checkNewest() throws IOException {
        List<StoredReceipt> unclaimed = store.unclaimed();
        if (unclaimed.isEmpty()) {
            return;
        }
        StoredReceipt newest = unclaimed.getLast();
        Optional<Integer> difference = recheck.firstDifference(newest);
        if (difference.isPresent()) {
            LOG.warn(
                    "THIS MACHINE COMPUTES WRONGLY: position %d of stage %d of job %s is not what the reference gives. The"
                            + " receipt is withheld; check the memory before mining goes on.",
                    difference.get(),
                    newest.receipt().stage(),
                    newest.receipt().job().shortHex());
            store.discard(newest);
        }
    }

    /** The root of the batch that was posted last and of which nothing is known yet. */
    Optional<Hash32> pendingRoot() {
        return built().map(StoredBatch::root);
    }

    /** Batches of this node that the ledger still has. */
    List<Batch> batches(LedgerView view) {
        return Tables.VESTING.scan(view.state(), Keys.of(self), ChorePlanner.MAX_WAITING).stream()
                .flatMap(row -> view.batch(Keys.lastHash(row.key())).stream())
                .toList();
    }

    /** Notes which built batch is on the ledger. */
    void settle(List<Batch> onLedger) throws IOException {
        for (Batch batch : onLedger) {
            store.claimed(batch.root().hash());
        }
    }

    /**
     * The ledger refused a claim that it does not have. Its receipts are free for another one only when no copy of the
     * transaction can be under way any more: a batch that was forgotten here and taken there could not be defended.
     */
    void refused(Hash32 root, long height) throws IOException {
        if (!root.equals(refusedRoot)) {
            refusedRoot = root;
            refusedSince = height;
        } else if (height - refusedSince > TRANSACTION_LIFE_BLOCKS) {
            store.rejected(root);
        }
    }

    /** Forgets the inputs of batches that nobody checks any more. */
    void prune(List<Batch> onLedger) throws IOException {
        long oldest = Long.MAX_VALUE;
        for (StoredBatch batch : store.batches()) {
            boolean over = batch.state() == StoredBatch.State.CLAIMED
                    && onLedger.stream().noneMatch(b -> b.root().hash().equals(batch.root()) && !b.isClosed());
            if (!over) {
                oldest = Math.min(oldest, batch.epoch());
            }
        }
        store.prune(oldest);
    }
}
