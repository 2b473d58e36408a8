package org.hearthnet.ledger.block;

import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * What an account asks the ledger to do.
 *
 * @param sender whose account acts and pays the transaction fee
 * @param nonce number of transactions the sender has made before; makes a replay impossible
 * @param expiryHeight last height at which the transaction may be in a block
 * @param maxFee the largest fee that the sender pays; charged is the block's base fee, whatever this says
 * @param body what to do
 */
public record Transaction(NodeId sender, long nonce, long expiryHeight, Amount maxFee, TransactionBody body) {
    /** Domain and encoding. */
    public static final Kind<Transaction> KIND = Kind.of("hearth/transaction/1", Transaction.class);

    /** Checks that the numbers are not negative. */
    public Transaction {
        if (nonce < 0 || expiryHeight < 0) {
            throw new IllegalArgumentException("negative nonce or height");
        }
    }

    /** The hash that names this transaction; does not cover the signature. */
    public Hash32 id() {
        return KIND.hash(this);
    }

    /** Signs for {@code network}; {@code key} must be the sender's. */
    public SignedTransaction sign(KeyPair key, Hash32 network) {
        return new SignedTransaction(this, KIND.sign(key, network, this));
    }
}
