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

    static SignedTransaction transfer(KeyPair from, long nonce, long expiry, long sparks) {
        NodeId to = new NodeId(Hash32.ZERO);
        return new Transaction(
                        from.id(), nonce, expiry, new TransactionBody.Transfer(to, Amount.of(sparks), Bytes.EMPTY))
                .sign(from, NETWORK);
    }

    static SignedTransaction claim(KeyPair from, long nonce, long expiry) {
        return new Transaction(from.id(), nonce, expiry, new TransactionBody.FaucetClaim()).sign(from, NETWORK);
    }
}
