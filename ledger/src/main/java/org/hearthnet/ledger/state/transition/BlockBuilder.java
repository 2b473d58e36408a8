package org.hearthnet.ledger.state.transition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.crypto.VrfProof;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.block.CheckedTransaction;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.tree.StateTree;
import org.hearthnet.ledger.tree.TreeUpdate;

/** Makes blocks out of candidate transactions with the same function that checks them. */
public final class BlockBuilder {
    /** Bytes kept free for everything in a block that is not a transaction. */
    private static final int HEADER_ROOM = 1024;

    private BlockBuilder() {}

    /**
     * A candidate that did not get in.
     *
     * @param transaction which
     * @param reason why
     * @param forGood false if it only found no room and may be tried again
     */
    public record Rejected(SignedTransaction transaction, String reason, boolean forGood) {}

    /**
     * A block.
     *
     * @param block signed and valid on top of the parent
     * @param rejected what was left out
     * @param outcome what the block does, so that its maker need not execute it again
     */
    public record Built(Block block, List<Rejected> rejected, Transition.Result.Valid outcome) {}

    /**
     * Builds the block after {@code parent}.
     *
     * @param state the state after the parent
     * @param tree the tree over it
     * @param proposer keys of the leader of {@code view}
     * @param view attempt at the height
     * @param timeMs the proposer's clock; moved up to be later than the parent's
     * @param candidates in the order in which they are tried
     */
    public static Built build(
            Rules rules,
            BlockHeader parent,
            StateReader state,
            StateTree tree,
            Proposer proposer,
            int view,
            long timeMs,
            List<SignedTransaction> candidates) {
        long height = parent.height() + 1;
        VrfProof proof = rules.beacons().prove(proposer.account(), rules.network(), parent.beacon(), height);
        Hash32 beacon = rules.beacons().value(proof).orElseThrow();
        BlockExecution execution = new BlockExecution(rules, state, height, view, beacon);
        List<CheckedTransaction> accepted = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>();
        List<CheckedTransaction> checked = rules.signatures().check(candidates);
        execution.expect(checked);
        fill(execution, checked, accepted, rejected);
        StateDelta delta = execution.delta();
        TreeUpdate next = tree.update(height, delta.changes());
        BlockHeader header = new BlockHeader(
                height,
                view,
                parent.hash(),
                Math.max(timeMs, parent.timeMs() + 1),
                Block.rootOfChecked(accepted),
                next.root(),
                execution.committees().hash(),
                proof,
                beacon,
                proposer.account().id());
        Signature signature = BlockHeader.KIND.sign(proposer.vote(), rules.network(), header);
        return new Built(
                new Block(
                        header,
                        signature,
                        accepted.stream().map(CheckedTransaction::signed).toList()),
                List.copyOf(rejected),
                new Transition.Result.Valid(delta, next, execution.events()));
    }

    private static void fill(
            BlockExecution execution,
            List<CheckedTransaction> candidates,
            List<CheckedTransaction> accepted,
            List<Rejected> rejected) {
        long bytes = HEADER_ROOM;
        Set<NodeId> waiting = new HashSet<>(); // what comes after one that waits has to wait too
        for (CheckedTransaction candidate : candidates) {
            int size = candidate.bytes();
            Optional<String> wait = waits(execution, candidate.signed(), waiting, accepted.size(), bytes + size);
            if (wait.isPresent()) {
                waiting.add(candidate.signed().transaction().sender());
                rejected.add(new Rejected(candidate.signed(), wait.get(), false));
                continue;
            }
            Optional<String> refusal = execution.apply(candidate);
            if (refusal.isPresent()) {
                rejected.add(new Rejected(candidate.signed(), refusal.get(), true));
            } else {
                accepted.add(candidate);
                bytes += size;
            }
        }
    }

    /** Why a candidate cannot be in this block but perhaps in a later one. */
    private static Optional<String> waits(
            BlockExecution execution, SignedTransaction candidate, Set<NodeId> waiting, int count, long bytes) {
        Transaction transaction = candidate.transaction();
        if (count == Block.MAX_TRANSACTIONS || bytes > Block.MAX_BYTES) {
            return Optional.of("no room in this block");
        }
        if (waiting.contains(transaction.sender())) {
            return Optional.of("comes after one that waits");
        }
        return Fees.pays(transaction) && transaction.maxFee().compareTo(execution.baseFee()) < 0
                ? Optional.of("the fee is " + execution.baseFee() + " now")
                : Optional.empty();
    }
}
