package org.hearthnet.ledger.bench;

/**
 * Seconds of one block.
 *
 * @param signatures hashes and signatures of all transactions, on all processors
 * @param execution transaction after transaction
 * @param tree the new version and its root
 * @param header the header with the root over transactions, signed
 * @param store writing everything and waiting for the disk
 */
public record BlockTimes(double signatures, double execution, double tree, double header, double store) {
    /** All of it. */
    public double total() {
        return signatures + execution + tree + header + store;
    }

    BlockTimes plus(BlockTimes other) {
        return new BlockTimes(
                signatures + other.signatures,
                execution + other.execution,
                tree + other.tree,
                header + other.header,
                store + other.store);
    }
}
