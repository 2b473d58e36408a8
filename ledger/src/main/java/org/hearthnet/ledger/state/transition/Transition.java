package org.hearthnet.ledger.state.transition;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.block.CheckedTransaction;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.tree.StateTree;
import org.hearthnet.ledger.tree.TreeUpdate;

/** The transition function: (parent, state, block) to the changes or to the reason why the block is invalid. */
public final class Transition {
    private Transition() {}

    /** What became of a block. */
    public sealed interface Result {
        /**
         * The block is valid.
         *
         * @param delta its changes
         * @param tree the next version of the tree, not yet stored
         * @param events what it did
         */
        record Valid(StateDelta delta, TreeUpdate tree, List<LedgerEvent> events) implements Result {}

        /** It is not. */
        record Invalid(String reason) implements Result {}
    }

    /**
     * Applies {@code block} to {@code state}, which it leaves as it is.
     *
     * @param parent the header that the state belongs to
     * @param tree the tree over the state
     */
    public static Result apply(Rules rules, BlockHeader parent, StateReader state, StateTree tree, Block block) {
        return refusal(rules, parent, state, block)
                .<Result>map(Result.Invalid::new)
                .orElseGet(() -> execute(rules, state, tree, block));
    }

    /** Why {@code block} cannot follow {@code parent}, whatever its transactions do; nothing if it can. */
    public static Optional<String> refusal(Rules rules, BlockHeader parent, StateReader state, Block block) {
        try {
            checkHeader(rules, parent, state, block);
            return Optional.empty();
        } catch (Refusal e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Result execute(Rules rules, StateReader state, StateTree tree, Block block) {
        BlockExecution execution = new BlockExecution(
                rules,
                state,
                block.height(),
                block.header().view(),
                block.header().beacon());
        int index = 0;
        List<CheckedTransaction> transactions = rules.signatures().check(block.transactions());
        execution.expect(transactions);
        for (CheckedTransaction transaction : transactions) {
            Optional<String> refusal = execution.apply(transaction);
            if (refusal.isPresent()) {
                return new Result.Invalid("transaction " + index + ": " + refusal.get());
            }
            index++;
        }
        StateDelta delta = execution.delta();
        TreeUpdate next = tree.update(block.height(), delta.changes());
        if (!next.root().equals(block.header().stateRoot())) {
            return new Result.Invalid(
                    "the state root is " + block.header().stateRoot() + ", replay gives " + next.root());
        }
        if (!execution.committees().hash().equals(block.header().committees())) {
            return new Result.Invalid("the committees are others than the header says");
        }
        return new Result.Valid(delta, next, execution.events());
    }

    private static void checkHeader(Rules rules, BlockHeader parent, StateReader state, Block block) {
        BlockHeader header = block.header();
        Hash32 network = rules.network();
        Refusal.unless(
                header.height() == parent.height() + 1, "height " + header.height() + " after " + parent.height());
        Refusal.unless(header.parent().equals(parent.hash()), "another parent than " + parent.hash());
        Refusal.unless(header.timeMs() > parent.timeMs(), "not later than its parent");
        Committee committee = Committees.at(state, rules.spec().parameters().epochBlocks(), header.height());
        Committee.Seat leader = committee.leaderSeat(header.height(), header.view());
        Refusal.unless(header.proposer().equals(leader.node()), "not made by the leader of view " + header.view());
        Refusal.unless(
                block.transactions().size() <= Block.MAX_TRANSACTIONS,
                "over " + Block.MAX_TRANSACTIONS + " transactions");
        Refusal.unless(block.encode().length <= Block.MAX_BYTES, "over " + Block.MAX_BYTES + " bytes");
        Refusal.unless(
                header.transactionsRoot().equals(Block.transactionsRoot(block.transactions())),
                "the transactions are not those of the header");
        Refusal.unless(
                BlockHeader.KIND.verify(network, header, leader.vote(), block.signature()),
                "the signature is not by the proposer's vote key on this network");
        Refusal.unless(
                rules.beacons().value(header.beaconProof()).equals(Optional.of(header.beacon()))
                        && rules.beacons()
                                .verify(leader, network, parent.beacon(), header.height(), header.beaconProof()),
                "the beacon is not proven");
    }
}
