package org.hearthnet.genesis.rules;

import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.Parameters;

/**
 * What a verifier gets for a duty that both sides agreed on.
 *
 * <p>The pool part is the receipt's audit fee divided by the audit rate, so that the drawn receipts of a batch share what
 * all of them paid in. The minted part is what this very receipt burned: whatever is drawn, a batch can never cause more
 * to be minted than it burned, so paying oneself through a private corner of the network gains nothing.
 *
 * @param fromPool out of the duty pool
 * @param minted new credits
 */
public record DutyReward(Amount fromPool, Amount minted) {
    /**
     * The reward for a receipt.
     *
     * @param fee fee of the receipt
     * @param rate audit rate at the draw, thousandths
     * @param poolLeft what is left of the batch's audit fees
     * @param mintLeft what the batch burned, less what was already minted for it
     */
    public static DutyReward of(Parameters parameters, Amount fee, int rate, Amount poolLeft, Amount mintLeft) {
        FeeSplit split = FeeSplit.of(parameters, fee);
        Amount fromPool = split.duty().fraction(AuditRate.FULL, rate).min(poolLeft);
        return new DutyReward(fromPool, split.burned().min(mintLeft));
    }

    /** Both parts together. */
    public Amount total() {
        return fromPool.plus(minted);
    }
}
