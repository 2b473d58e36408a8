package org.hearthnet.node.sim.economy;

import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.spec.Parameters;

/**
 * The network of the simulator: shares, bars and caps of a network between homes; times in fewer blocks, in the same order to one another,
 * and a record that halves the rate after 10 receipts instead of 50, so that 500 epochs see all rates.
 */
public final class SimParameters {
    private SimParameters() {}

    /** The numbers. */
    public static Parameters network() {
        return new Parameters(
                2_000, // blockIntervalMs
                12, // epochBlocks
                6, // dutyBlocks
                6, // disputeBlocks
                36, // claimBlocks
                16, // vestingEpochs: more than the longest dispute of 156 blocks
                20, // unbondingEpochs
                2, // freezeEpochs
                Amount.credits(1_000), // minimumBond
                50, // graduationReputation
                50, // auditFloor
                10, // auditRecord
                800, // executorShare
                100, // dutyShare
                700, // finderShare
                8, // minimumVerifiers
                Amount.ZERO, // faucetGrant
                Amount.credits(100_000), // committeeBond
                100, // seatCap
                Amount.of(100)); // transactionFee
    }
}
