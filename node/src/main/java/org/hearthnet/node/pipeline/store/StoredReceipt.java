package org.hearthnet.node.pipeline.store;

import java.nio.file.Path;
import java.util.Optional;
import org.hearthnet.genesis.crypto.Envelope;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.ReceiptBatch.SignedVoucher;

/**
 * A closed account.
 *
 * @param receipt the receipt
 * @param escrow the escrow that pays
 * @param assignment the client's signed assignment
 * @param voucher the highest voucher of the job; none if nothing was paid
 * @param file its journal
 */
public record StoredReceipt(
        Receipt receipt, Hash32 escrow, Envelope assignment, Optional<SignedVoucher> voucher, Path file) {
    /** What names it: the receipt's hash. */
    public Hash32 id() {
        return Receipt.KIND.hash(receipt);
    }
}
