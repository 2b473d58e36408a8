package org.hearthnet.ledger.state;

import org.hearthnet.genesis.primitive.Amount;

/**
 * The fee of the last block and how full it was with transactions that paid it.
 *
 * @param baseFee what each of them paid
 * @param transactions how many
 * @param bytes of their encodings
 */
public record FeeState(Amount baseFee, int transactions, long bytes) {
    /** Counts one more. */
    public FeeState plus(int length) {
        return new FeeState(baseFee, transactions + 1, bytes + length);
    }
}
