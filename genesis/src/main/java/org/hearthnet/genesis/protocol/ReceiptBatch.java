package org.hearthnet.genesis.protocol;

import java.util.List;
import org.hearthnet.genesis.codec.Limit;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.crypto.SumTree;
import org.hearthnet.genesis.primitive.Amount;

/**
 * A node's claim for one epoch: the sum-tree root over its receipts, and the vouchers that pay for them.
 *
 * @param count number of receipts, 1 to {@value #MAX_RECEIPTS}
 * @param root root of the {@link SumTree}, with the totals
 * @param largestFee largest fee of one receipt; the ledger holds it against the exposure cap
 * @param vouchers the highest voucher of each escrow that is redeemed
 */
public record ReceiptBatch(
        int count,
        SumTree.Sum root,
        Amount largestFee,
        @Limit(ReceiptBatch.MAX_RECEIPTS) List<SignedVoucher> vouchers) {
    /** Most receipts of one batch. */
    public static final int MAX_RECEIPTS = 256;

    /** Checks the count. */
    public ReceiptBatch {
        if (count < 1 || count > MAX_RECEIPTS) {
            throw new IllegalArgumentException("a batch of " + count + " receipts");
        }
    }

    /**
     * A voucher with the client's signature.
     *
     * @param voucher the highest voucher of an escrow
     * @param signature the client's
     * @param redeemTo the cumulative amount that is redeemed with it, at most the voucher's own: intervals are prepaid, so
     *     when an answer ends inside one, the voucher is worth more than the receipts
     */
    public record SignedVoucher(Voucher voucher, Signature signature, Amount redeemTo) {
        /** Redeems all of {@code voucher}. */
        public SignedVoucher(Voucher voucher, Signature signature) {
            this(voucher, signature, voucher.cumulative());
        }

        /** Checks that no more is redeemed than was promised. */
        public SignedVoucher {
            if (redeemTo.compareTo(voucher.cumulative()) > 0) {
                throw new IllegalArgumentException(
                        redeemTo + " is more than a voucher of " + voucher.cumulative() + " promises");
            }
        }
    }
}
