package org.hearthnet.ledger.state.transition;

import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.BoundaryStatement;
import org.hearthnet.ledger.block.TransactionBody.ReportEquivocation;
import org.hearthnet.ledger.state.Conviction;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.Tables;

/** Two contradicting signatures by one key: proof enough by themselves. */
public final class EquivocationRule {
    private EquivocationRule() {}

    static void apply(Context context, NodeId sender, Hash32 transaction, ReportEquivocation body) {
        BoundaryStatement first = body.first();
        BoundaryStatement second = body.second();
        Refusal.unless(contradict(first, second), "the statements do not contradict each other");
        Refusal.unless(
                Tables.ACCOUNTS.has(context.state(), Keys.of(body.signer())), "the signer has no account to convict");
        Refusal.unless(
                !Convictions.has(context, body.signer(), first.job()), "the signer was convicted for this job before");
        Refusal.unless(areSigned(context.network(), body), "not the signer's signatures");
        Convictions.Fault fault = new Convictions.Fault(
                body.signer(), first.job(), first.boundary() - 1, -1, -1, Conviction.EQUIVOCATION, transaction);
        Convictions.convict(context, fault, sender, Optional.empty());
    }

    /** Whether they give two roots for one place. An auditor asks the same. */
    public static boolean contradict(BoundaryStatement first, BoundaryStatement second) {
        return first.job().equals(second.job())
                && first.boundary() == second.boundary()
                && first.positions() == second.positions()
                && !first.root().equals(second.root());
    }

    /** Whether both signatures are the signer's. An auditor asks the same. */
    public static boolean areSigned(Hash32 network, ReportEquivocation body) {
        return BoundaryStatement.KIND.verify(network, body.first(), body.signer(), body.firstSignature())
                && BoundaryStatement.KIND.verify(network, body.second(), body.signer(), body.secondSignature());
    }
}
