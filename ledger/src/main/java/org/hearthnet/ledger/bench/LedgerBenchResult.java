package org.hearthnet.ledger.bench;

/**
 * What was measured.
 *
 * @param accounts in the ledger
 * @param transactions measured
 * @param sum over all measured blocks
 * @param cpuSeconds of the whole process in the measured blocks; less than the time on a machine that does other things
 * @param accountBytes on disk for an account: its record and its part of the tree, compacted
 * @param medianBlockSeconds of one block
 * @param worstBlockSeconds of one block
 * @param proofBytes mean size of an account's proof
 * @param worstProofBytes largest
 * @param verifySeconds mean time to check one
 */
public record LedgerBenchResult(
        int accounts,
        int transactions,
        BlockTimes sum,
        double cpuSeconds,
        double accountBytes,
        double medianBlockSeconds,
        double worstBlockSeconds,
        double proofBytes,
        int worstProofBytes,
        double verifySeconds) {}
