package org.hearthnet.genesis.spec;

import org.hearthnet.genesis.primitive.Amount;

/**
 * The numbers of one network. Heights and epochs, never seconds, except the proposer's target; shares in thousandths.
 *
 * @param blockIntervalMs the proposer's target between blocks
 * @param epochBlocks blocks of an epoch
 * @param dutyBlocks blocks that each step of a duty may take
 * @param disputeBlocks blocks that each move of a dispute may take
 * @param claimBlocks blocks after an escrow's expiry in which vouchers are still redeemed
 * @param vestingEpochs epochs that earned fees wait; longer than the longest dispute
 * @param unbondingEpochs epochs that a bond waits after unbonding
 * @param freezeEpochs epochs between a conviction and the burning of the bond
 * @param minimumBond bond of a veteran
 * @param graduationReputation agreed duties that a newcomer needs
 * @param auditFloor lowest audit rate, in thousandths of receipts
 * @param auditRecord drawn-and-agreed receipts that halve the audit rate
 * @param executorShare thousandths of a redeemed fee for the executor
 * @param dutyShare thousandths of a redeemed fee for the duty pool; the rest of the fee is burned
 * @param finderShare thousandths of a slashed bond for who found the error
 * @param minimumVerifiers fewest independent verifiers of a range before its duties are drawn and minted for
 * @param faucetGrant what the faucet gives an account, once; zero for no faucet
 * @param committeeBond bonds from which on seats of the committee go by bond; until then those of genesis stay
 * @param seatCap largest share of a seat in the committee's weight, in thousandths; of an equal share where that is more
 * @param transactionFee least fee of every transaction but a faucet claim, see {@code BaseFee}; burned
 */
public record Parameters(
        int blockIntervalMs,
        int epochBlocks,
        int dutyBlocks,
        int disputeBlocks,
        int claimBlocks,
        int vestingEpochs,
        int unbondingEpochs,
        int freezeEpochs,
        Amount minimumBond,
        int graduationReputation,
        int auditFloor,
        int auditRecord,
        int executorShare,
        int dutyShare,
        int finderShare,
        int minimumVerifiers,
        Amount faucetGrant,
        Amount committeeBond,
        int seatCap,
        Amount transactionFee) {
    /** Checks that every number makes sense. */
    public Parameters {
        if (blockIntervalMs < 1
                || epochBlocks < 1
                || dutyBlocks < 1
                || disputeBlocks < 1
                || claimBlocks < 1
                || vestingEpochs < 1
                || unbondingEpochs < 1
                || freezeEpochs < 0
                || graduationReputation < 1
                || auditRecord < 1
                || minimumVerifiers < 1) {
            throw new IllegalArgumentException("intervals and thresholds are positive");
        }
        if (auditFloor < 1
                || auditFloor > 1000
                || finderShare < 0
                || finderShare > 1000
                || executorShare < 0
                || dutyShare < 0
                || executorShare + dutyShare > 1000
                || seatCap < 1
                || seatCap > 1000) {
            throw new IllegalArgumentException("shares are thousandths and sum to at most 1000");
        }
    }
}
