package org.hearthnet.node.local;

import java.util.Optional;
import java.util.function.Function;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.LedgerView;
import org.hearthnet.node.chain.ChainService;

/** A ledger to ask: a running node's, or a store that no node has open. */
interface LedgerSource {
    /** A transaction with its place in the chain. */
    record Placed(SignedTransaction transaction, long height, int index) {}

    ChainSpec spec();

    <T> T read(Function<LedgerView, T> question);

    Optional<Block> block(long height);

    Optional<Placed> transaction(Hash32 id);

    /** The nonce for the account's next transaction. */
    long nextNonce(NodeId account);

    /** The ledger of a running node. */
    static LedgerSource of(ChainService chain) {
        return new Live(chain);
    }

    /** The ledger in a store. */
    static LedgerSource of(Chain chain) {
        return new Stored(chain);
    }

    /** A running node's. */
    record Live(ChainService chain) implements LedgerSource {
        @Override
        public ChainSpec spec() {
            return chain.spec();
        }

        @Override
        public <T> T read(Function<LedgerView, T> question) {
            return chain.read(question);
        }

        @Override
        public Optional<Block> block(long height) {
            return chain.block(height);
        }

        @Override
        public Optional<Placed> transaction(Hash32 id) {
            return chain.transaction(id).map(p -> new Placed(p.transaction(), p.height(), p.index()));
        }

        @Override
        public long nextNonce(NodeId account) {
            return chain.nextNonce(account);
        }
    }

    /** A store's. */
    record Stored(Chain chain) implements LedgerSource {
        @Override
        public ChainSpec spec() {
            return chain.rules().spec();
        }

        @Override
        public <T> T read(Function<LedgerView, T> question) {
            return chain.read(question);
        }

        @Override
        public Optional<Block> block(long height) {
            return chain.store().block(height);
        }

        @Override
        public Optional<Placed> transaction(Hash32 id) {
            return chain.store()
                    .transaction(id)
                    .flatMap(place -> block(place.height())
                            .map(b -> new Placed(b.transactions().get(place.index()), place.height(), place.index())));
        }

        @Override
        public long nextNonce(NodeId account) {
            return read(v -> v.account(account).nonce());
        }
    }
}
