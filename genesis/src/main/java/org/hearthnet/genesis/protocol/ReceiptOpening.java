package org.hearthnet.genesis.protocol;

import java.util.List;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.crypto.Envelope;
import org.hearthnet.genesis.crypto.SumTree;

/**
 * A receipt shown together with the proof that it is in its batch, and the assignment it refers to.
 *
 * @param receipt the receipt
 * @param index its number in the batch
 * @param path siblings in the sum tree
 * @param assignment the client's signed {@link Assignment}
 */
public record ReceiptOpening(
        Receipt receipt, int index, @Limit(16) List<SumTree.Sum> path, Envelope assignment) {
    /** Whether the receipt is number {@link #index} of {@code batch}. */
    public boolean isIn(ReceiptBatch batch) {
        return SumTree.verify(batch.root(), batch.count(), index, receipt.leaf(), path);
    }
}
