package org.hearthnet.ledger.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.genesis.spec.CommitteeWindow;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.finality.BallotVerifier;
import org.hearthnet.ledger.finality.Certificate;
import org.hearthnet.ledger.finality.RememberedBallots;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.state.transition.BlockBuilder;
import org.hearthnet.ledger.state.transition.BlockExecution;
import org.hearthnet.ledger.state.transition.Committees;
import org.hearthnet.ledger.state.transition.Genesis;
import org.hearthnet.ledger.state.transition.Proposer;
import org.hearthnet.ledger.state.transition.Rules;
import org.hearthnet.ledger.state.transition.Transition;
import org.hearthnet.ledger.state.transition.Transition.Result;
import org.hearthnet.ledger.tree.StateProof;
import org.hearthnet.ledger.tree.StateTree;
import org.hearthnet.ledger.tree.TreeException;
import org.jspecify.annotations.Nullable;

/** One chain on a store: lets in only what the transition function allows. Safe from any thread, one at a time. */
public final class Chain implements AutoCloseable {
    private final Rules rules;
    private final LedgerStore store;
    private StateTree tree;
    private final BallotVerifier ballots;
    // Read by whoever checks what comes in, who must not wait for a block under way.
    private volatile BlockHeader tip;
    private volatile CommitteeWindow window;
    private @Nullable Judged judged;

    private Chain(Rules rules, LedgerStore store, StateTree tree, BlockHeader tip, BallotVerifier ballots) {
        this.ballots = ballots;
        this.rules = rules;
        this.store = store;
        this.tree = tree;
        this.tip = tip;
        this.window = committees(tip.height());
    }

    /** What became of a block. */
    public sealed interface Appended {
        /** It is in the chain now. */
        record Accepted(SealedBlock block, List<LedgerEvent> events) implements Appended {}

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
        return open(rules, store, new RememberedBallots(BallotVerifier.ed25519(rules.network())));
    }

    /** The same with another signature scheme for votes, for the simulator. */
    public static Chain open(Rules rules, LedgerStore store, BallotVerifier ballots) {
        Genesis genesis = Genesis.of(rules.spec());
        if (store.height() < 0) {
            store.append(
                    new SealedBlock(
                            genesis.block(), Certificate.genesis(genesis.block().hash())),
                    genesis.delta(),
                    genesis.tree());
            StateTree tree = StateTree.at(store.nodes(), genesis.tree());
            return new Chain(rules, store, tree, genesis.block().header(), ballots);
        }
        checkGenesis(store, genesis);
        BlockHeader tip = store.header(store.height())
                .orElseThrow(() -> corrupt("there is no header at the height of the tip, " + store.height()))
                .header();
        return new Chain(rules, store, tree(store, tip), tip, ballots);
    }

    /**
     * The stored tree, if it has the header's root and the state's totals in it. Comparing every record with it is the work
     * of an audit; a store cannot have one without the other unless somebody changed it.
     */
    private static StateTree tree(LedgerStore store, BlockHeader tip) {
        try {
            StateTree tree = StateTree.at(store.nodes(), tip.height());
            if (!tree.root().equals(tip.stateRoot())) {
                throw corrupt("the stored state has root " + tree.root() + ", the last header says " + tip.stateRoot());
            }
            Bytes totals = Tables.SUPPLY.key(Tables.ONLY);
            tree.prove(totals, store.state().get(totals));
            return tree;
        } catch (TreeException e) {
            throw new StoreException(
                    StoreException.Reason.CORRUPT, "the tree over the stored state: " + e.getMessage(), e);
        }
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

    /** Applies a final block and stores it, or says why not. */
    public synchronized Appended tryAppend(SealedBlock sealed) {
        Block block = sealed.block();
        Optional<String> proof = block.height() == tip.height() + 1
                ? sealed.header().problem(committee(block.height()), ballots)
                : Optional.of("height " + block.height() + " after " + tip.height());
        if (proof.isPresent()) {
            return new Appended.Rejected(proof.get());
        }
        return switch (apply(block)) {
            case Result.Invalid invalid -> new Appended.Rejected(invalid.reason());
            case Result.Valid valid -> {
                store.append(sealed, valid.delta(), valid.tree());
                tree = StateTree.at(store.nodes(), valid.tree());
                window = committees(block.height());
                tip = block.header();
                judged = null;
                yield new Appended.Accepted(sealed, valid.events());
            }
        };
    }

    /** Why {@code block} cannot follow the tip, if it cannot; whether it is final is another question. */
    public synchronized Optional<String> judge(Block block) {
        return apply(block) instanceof Result.Invalid invalid ? Optional.of(invalid.reason()) : Optional.empty();
    }

    /** A block is built or judged, and once more looked at when it is final: executed only once. */
    private Result apply(Block block) {
        Judged last = judged;
        if (last != null && last.block().equals(block)) {
            return last.result();
        }
        Result result = Transition.apply(rules, tip, store.state(), tree, block);
        judged = new Judged(block, result);
        return result;
    }

    /** The result for a block on top of the tip. */
    private record Judged(Block block, Result result) {}

    /** Verifies votes of this network, each once. */
    public BallotVerifier ballots() {
        return ballots;
    }

    /** Who votes on the block of {@code height}, at most two epochs above the tip. Waits for nothing. */
    public Committee committee(long height) {
        return findCommittee(height)
                .orElseThrow(() -> new IllegalArgumentException("the committee of block " + height + " is not known"));
    }

    /** The same; nothing for a height whose committee is not known yet. */
    public Optional<Committee> findCommittee(long height) {
        long epochBlocks = rules.spec().parameters().epochBlocks();
        CommitteeWindow now = window;
        return now.knows(height / epochBlocks)
                ? Optional.of(now.of(height / epochBlocks))
                : Committees.find(store.state(), epochBlocks, height);
    }

    /** The committees that are known after the block of {@code height}, which is in the chain. */
    public CommitteeWindow committees(long height) {
        return Committees.window(store.state(), rules.spec().parameters().epochBlocks(), height);
    }

    /** Builds the block for {@code view} of the next height, without adding it; see {@link BlockBuilder}. */
    public synchronized BlockBuilder.Built build(
            KeyPair proposer, int view, long timeMs, List<SignedTransaction> candidates) {
        return build(Proposer.of(proposer), view, timeMs, candidates);
    }

    /** The same for a member with a vote key of its own. */
    public synchronized BlockBuilder.Built build(
            Proposer proposer, int view, long timeMs, List<SignedTransaction> candidates) {
        BlockBuilder.Built next =
                BlockBuilder.build(rules, tip, store.state(), tree, proposer, view, timeMs, candidates);
        Optional<String> refusal = Transition.refusal(rules, tip, store.state(), next.block());
        judged = new Judged(
                next.block(), refusal.<Result>map(Result.Invalid::new).orElse(next.outcome()));
        return next;
    }

    /**
     * A proof for somebody who has the header only.
     *
     * @param height of the last block
     * @param proof good against its state root
     */
    public record Proven(long height, StateProof proof) {}

    /** Proves the record under {@code key}, see {@link Tables}, or that there is none, after the last block. */
    public synchronized Proven prove(Bytes key) {
        return new Proven(tip.height(), tree.prove(key, store.state().get(key)));
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
    public BlockHeader tip() {
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
