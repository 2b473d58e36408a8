package org.hearthnet.ledger.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.StateTree;
import org.hearthnet.ledger.state.transition.BlockBuilder;
import org.hearthnet.ledger.state.transition.BlockExecution;
import org.hearthnet.ledger.state.transition.Genesis;
import org.hearthnet.ledger.state.transition.Rules;
import org.hearthnet.ledger.state.transition.Transition;
import org.hearthnet.ledger.state.transition.Transition.Result;

/** One chain on a store: lets in only what the transition function allows. Safe from any thread, one at a time. */
public final class Chain implements AutoCloseable {
    private final Rules rules;
    private final LedgerStore store;
    private StateTree tree;
    private BlockHeader tip;

    private Chain(Rules rules, LedgerStore store, StateTree tree, BlockHeader tip) {
        this.rules = rules;
        this.store = store;
        this.tree = tree;
        this.tip = tip;
    }

    /** What became of a block. */
    public sealed interface Appended {
        /** It is in the chain now. */
        record Accepted(Block block, List<LedgerEvent> events) implements Appended {}

        /** It is not, and nothing changed. */
        record Rejected(String reason) implements Appended {}
    }

    /** Opens the chain of {@code spec} with the real referee. */
    public static Chain open(ChainSpec spec, LedgerStore store) {
        return open(new Rules(spec), store);
    }

    /**
     * Opens a chain; an empty store gets the genesis block.
     *
     * @throws StoreException if the store is of another network, or its state is not the one that its last header names
     */
    public static Chain open(Rules rules, LedgerStore store) {
        Genesis genesis = Genesis.of(rules.spec());
        if (store.height() < 0) {
            store.append(genesis.block(), genesis.delta());
            return new Chain(rules, store, genesis.tree(), genesis.block().header());
        }
        checkGenesis(store, genesis);
        BlockHeader tip = store.header(store.height())
                .orElseThrow(() -> corrupt("there is no header at the height of the tip, " + store.height()))
                .header();
        StateTree tree = StateTree.of(store.state());
        if (!tree.root().equals(tip.stateRoot())) {
            throw corrupt("the stored state has root " + tree.root() + ", the last header says " + tip.stateRoot());
        }
        return new Chain(rules, store, tree, tip);
    }

    private static void checkGenesis(LedgerStore store, Genesis genesis) {
        Hash32 found = store.header(0)
                .orElseThrow(() -> corrupt("there is no genesis block"))
                .header()
                .hash();
        if (!found.equals(genesis.block().hash())) {
            throw new StoreException(
                    StoreException.Reason.OTHER_NETWORK,
                    "the store begins with block " + found + ", the genesis file with "
                            + genesis.block().hash());
        }
    }

    private static StoreException corrupt(String what) {
        return new StoreException(StoreException.Reason.CORRUPT, what);
    }

    /** Applies {@code block} and stores it, or says why not. */
    public synchronized Appended tryAppend(Block block) {
        return switch (Transition.apply(rules, tip, store.state(), tree, block)) {
            case Result.Invalid invalid -> new Appended.Rejected(invalid.reason());
            case Result.Valid valid -> {
                store.append(block, valid.delta());
                tree = valid.tree();
                tip = block.header();
                yield new Appended.Accepted(block, valid.events());
            }
        };
    }

    /** Builds the next block, without adding it; see {@link BlockBuilder}. */
    public synchronized BlockBuilder.Built build(KeyPair proposer, long timeMs, List<SignedTransaction> candidates) {
        return BlockBuilder.build(rules, tip, store.state(), tree, proposer, timeMs, candidates);
    }

    /**
     * Whether {@code transaction} could be in the next block, alone: the reason why not, or nothing. Does not foresee what
     * the next block does by itself.
     */
    public synchronized Optional<String> check(SignedTransaction transaction) {
        return BlockExecution.preview(rules, store.state(), tip.height() + 1, tip.beacon())
                .apply(transaction);
    }

    /** Answers a question about the state after the last block; no block gets in meanwhile. */
    public synchronized <T> T read(Function<LedgerView, T> question) {
        return question.apply(new LedgerView(rules, tip, store.state()));
    }

    /** The header of the last block. */
    public synchronized BlockHeader tip() {
        return tip;
    }

    /** The height of the last block. */
    public long height() {
        return tip().height();
    }

    /** The rules. */
    public Rules rules() {
        return rules;
    }

    /** The store, for reading blocks and headers. */
    public LedgerStore store() {
        return store;
    }

    @Override
    public synchronized void close() {
        store.close();
    }
}
