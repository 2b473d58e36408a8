package org.hearthnet.ledger.state.transition;

import java.util.Optional;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.block.SignedHeader;
import org.hearthnet.ledger.block.TransactionBody.ReportDoubleBlock;
import org.hearthnet.ledger.block.TransactionBody.ReportDoubleVote;
import org.hearthnet.ledger.block.Vote;
import org.hearthnet.ledger.state.Conviction;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.Tables;

/**
 * A member that voted for two things, or made two blocks, at one place in the chain. A key is convicted once a height,
 * however much it signed there. Whether it had a seat does not matter: nobody else signs ballots.
 */
public final class DoubleVoteRule {
    private DoubleVoteRule() {}

    static void apply(Context context, NodeId sender, Hash32 transaction, ReportDoubleVote body) {
        Refusal.unless(isProven(context.network(), body), "no two contradicting ballots by one key");
        convict(
                context,
                sender,
                transaction,
                body.first().voter(),
                body.first().ballot().height());
    }

    static void apply(Context context, NodeId sender, Hash32 transaction, ReportDoubleBlock body) {
        Refusal.unless(isProven(context.network(), body), "no two blocks of one view by one key");
        BlockHeader header = body.first().header();
        convict(context, sender, transaction, header.proposer(), header.height());
    }

    /** Whether the evidence holds. Pure; an auditor asks the same. */
    public static boolean isProven(Hash32 network, ReportDoubleVote body) {
        Vote first = body.first();
        Vote second = body.second();
        return first.voter().equals(second.voter())
                && first.ballot().contradicts(second.ballot())
                && isSigned(network, first)
                && isSigned(network, second);
    }

    private static boolean isSigned(Hash32 network, Vote vote) {
        return Ballot.KIND.verify(network, vote.ballot(), vote.voter(), vote.signature());
    }

    /** Whether the evidence holds. Pure; an auditor asks the same. */
    public static boolean isProven(Hash32 network, ReportDoubleBlock body) {
        BlockHeader first = body.first().header();
        BlockHeader second = body.second().header();
        return first.proposer().equals(second.proposer())
                && first.height() == second.height()
                && first.view() == second.view()
                && !first.equals(second)
                && isSigned(network, body.first())
                && isSigned(network, body.second());
    }

    private static boolean isSigned(Hash32 network, SignedHeader signed) {
        BlockHeader header = signed.header();
        return BlockHeader.KIND.verify(network, header, header.proposer(), signed.signature());
    }

    private static void convict(Context context, NodeId sender, Hash32 transaction, NodeId guilty, long height) {
        Refusal.unless(Tables.ACCOUNTS.has(context.state(), Keys.of(guilty)), "the signer has no account to convict");
        Hash32 place = Hashing.in("hearth/double-vote/1").add(height).finish();
        Refusal.unless(!Convictions.has(context, guilty, place), "the signer was convicted for this height before");
        var fault = new Convictions.Fault(guilty, place, -1, -1, -1, Conviction.DOUBLE_VOTE, transaction);
        Convictions.convict(context, fault, sender, Optional.empty());
    }
}
