package org.hearthnet.node.chain;

import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;

/** Keys and transactions for tests. */
final class SampleTransactions {
    static final Hash32 NETWORK = Hashing.in("test").add(7).finish();

    private SampleTransactions() {}

    static KeyPair key(int number) {
        return KeyPair.fromSeed(Hashing.in("test-key").add(number).finish().toArray());
    }

    /** What everybody here pays at most, in sparks. */
    static final long FEE = 200;

    static SignedTransaction transfer(KeyPair from, long nonce, long expiry, long sparks) {
        return transfer(from, nonce, expiry, sparks, FEE);
    }

    static SignedTransaction transfer(KeyPair from, long nonce, long expiry, long sparks, long maxFee) {
        NodeId to = new NodeId(Hash32.ZERO);
        TransactionBody body = new TransactionBody.Transfer(to, Amount.of(sparks), Bytes.EMPTY);
        return new Transaction(from.id(), nonce, expiry, Amount.of(maxFee), body).sign(from, NETWORK);
    }

    static SignedTransaction claim(KeyPair from, long nonce, long expiry) {
        return new Transaction(from.id(), nonce, expiry, Amount.ZERO, new TransactionBody.FaucetClaim())
                .sign(from, NETWORK);
    }
}
