package org.hearthnet.node.pipeline.store;

import java.util.List;
import org.hearthnet.genesis.codec.Codec;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.ReceiptBatch;

/**
 * A claim as it was built.
 *
 * @param epoch for which epoch
 * @param batch what is posted
 * @param receipts which receipts, in the order of the batch
 * @param state how far it is
 */
public record StoredBatch(
        long epoch,
        ReceiptBatch batch,
        @Limit(ReceiptBatch.MAX_RECEIPTS) List<Reference> receipts,
        State state) {
    /** The encoding. */
    static final Codec<StoredBatch> CODEC = Codec.of(StoredBatch.class);

    /** Names a stage of a job. */
    public record Reference(Hash32 job, int stage) {}

    /** How far a claim is. */
    public enum State {
        /** Built; whether it is on the ledger is not known yet. */
        BUILT,
        /** On the ledger. */
        CLAIMED
    }

    /** The hash of its sum tree's root, which names it here. */
    public Hash32 root() {
        return batch.root().hash();
    }

    StoredBatch with(State next) {
        return new StoredBatch(epoch, batch, receipts, next);
    }
}
