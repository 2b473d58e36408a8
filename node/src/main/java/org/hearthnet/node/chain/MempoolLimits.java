package org.hearthnet.node.chain;

/**
 * How much a pool takes on.
 *
 * @param maxTransactions in all
 * @param maxBytes of all encodings together
 * @param maxPerSender transactions of one sender; also how far a nonce may be ahead of the account's
 * @param maxBytesPerSender of one sender's encodings
 * @param maxUnpaid transactions that pay no fee (faucet claims), as anybody can make keys without end
 * @param maxExpiryAhead blocks that a transaction may wait
 * @param replacementPercent by how much more a replacement must be ready to pay than what it replaces
 */
record MempoolLimits(
        int maxTransactions,
        long maxBytes,
        int maxPerSender,
        long maxBytesPerSender,
        int maxUnpaid,
        int maxExpiryAhead,
        int replacementPercent) {
    static final MempoolLimits DEFAULT = new MempoolLimits(8192, 32L << 20, 64, 8L << 20, 512, 4096, 10);

    MempoolLimits {
        if (Math.min(Math.min(maxTransactions, maxPerSender), Math.min(maxUnpaid, maxExpiryAhead)) < 1
                || Math.min(maxBytes, maxBytesPerSender) < 1
                || replacementPercent < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
    }
}
