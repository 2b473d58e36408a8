package org.hearthnet.ledger.state.transition;

import java.util.Optional;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.block.SignedHeader;
import org.hearthnet.ledger.block.TransactionBody.ReportDoubleBlock;
import org.hearthnet.ledger.block.TransactionBody.ReportDoubleVote;
import org.hearthnet.ledger.block.Vote;
import org.hearthnet.ledger.state.Conviction;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.state.Tables;

/**
 * A member that voted for two things, or made two blocks, at one place in the chain. A key is convicted once a height,
 * however much it signed there. The signatures are by the vote key that its seat had at that height, so nobody can be
 * convicted by a key that it has put away, nor for a height at which it had no seat.
 */
public final class DoubleVoteRule {
    private DoubleVoteRule() {}

    static void apply(Context context, NodeId sender, Hash32 transaction, ReportDoubleVote body) {
        Refusal.unless(
                isProven(context.rules(), context.state(), body),
                "no two contradicting ballots by the vote key of one seat");
        Vote first = body.first();
        convict(context, sender, transaction, first.voter(), first.ballot().height());
    }

    static void apply(Context context, NodeId sender, Hash32 transaction, ReportDoubleBlock body) {
        Refusal.unless(
                isProven(context.rules(), context.state(), body),
                "no two blocks of one view by the vote key of one seat");
        BlockHeader header = body.first().header();
        convict(context, sender, transaction, header.proposer(), header.height());
    }

    /** Whether the evidence holds by the committees that {@code state} knows. An auditor asks the same. */
    public static boolean isProven(Rules rules, StateReader state, ReportDoubleVote body) {
        Vote first = body.first();
        Vote second = body.second();
        return first.voter().equals(second.voter())
                && first.ballot().contradicts(second.ballot())
                && voteKey(rules, state, first.ballot().height(), first.voter())
                        .filter(key -> isSigned(rules, key, first) && isSigned(rules, key, second))
                        .isPresent();
    }

    private static Optional<NodeId> voteKey(Rules rules, StateReader state, long height, NodeId member) {
        return Committees.find(state, rules.spec().parameters().epochBlocks(), height)
                .flatMap(committee -> committee.find(member))
                .map(Committee.Seat::vote);
    }

    private static boolean isSigned(Rules rules, NodeId voteKey, Vote vote) {
        return Ballot.KIND.verify(rules.network(), vote.ballot(), voteKey, vote.signature());
    }

    /** Whether the evidence holds by the committees that {@code state} knows. An auditor asks the same. */
    public static boolean isProven(Rules rules, StateReader state, ReportDoubleBlock body) {
        BlockHeader first = body.first().header();
        BlockHeader second = body.second().header();
        return first.proposer().equals(second.proposer())
                && first.height() == second.height()
                && first.view() == second.view()
                && !first.equals(second)
                && voteKey(rules, state, first.height(), first.proposer())
                        .filter(key -> isSigned(rules, key, body.first()) && isSigned(rules, key, body.second()))
                        .isPresent();
    }

    private static boolean isSigned(Rules rules, NodeId voteKey, SignedHeader signed) {
        return BlockHeader.KIND.verify(rules.network(), signed.header(), voteKey, signed.signature());
    }

    private static void convict(Context context, NodeId sender, Hash32 transaction, NodeId guilty, long height) {
        // Known before this block, so that an auditor needs nothing of it.
        Refusal.unless(
                height / context.parameters().epochBlocks() <= context.epoch() + 1,
                "block " + height + " is too far ahead to be judged");
        Refusal.unless(Tables.ACCOUNTS.has(context.state(), Keys.of(guilty)), "the signer has no account to convict");
        Hash32 place = Hashing.in("hearth/double-vote/1").add(height).finish();
        Refusal.unless(!Convictions.has(context, guilty, place), "the signer was convicted for this height before");
        var fault = new Convictions.Fault(guilty, place, -1, -1, -1, Conviction.DOUBLE_VOTE, transaction);
        Convictions.convict(context, fault, sender, Optional.empty());
    }
}
