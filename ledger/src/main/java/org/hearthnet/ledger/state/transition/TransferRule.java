package org.hearthnet.ledger.state.transition;

import java.util.Optional;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.block.TransactionBody.Transfer;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.LedgerEvent;

/** Free credits that move. */
final class TransferRule {
    /** Label of the genesis allocation that the faucet gives from: it mints nothing. */
    static final String FAUCET = "faucet";

    private TransferRule() {}

    static void apply(Context context, NodeId sender, Transfer body) {
        Refusal.unless(!body.amount().isZero(), "a transfer of nothing");
        Refusal.unless(!body.to().equals(sender), "a transfer to oneself");
        context.debit(sender, body.amount());
        context.credit(body.to(), body.amount());
        context.emit(new LedgerEvent.Transferred(sender, body.to(), body.amount()));
    }

    static void claimFaucet(Context context, NodeId sender) {
        Amount grant = context.parameters().faucetGrant();
        Optional<NodeId> faucet = faucet(context.spec());
        Refusal.unless(!grant.isZero() && faucet.isPresent(), "this network has no faucet");
        Account account = context.account(sender);
        Refusal.unless(!account.faucetUsed(), "the faucet gives once an account");
        Refusal.unless(!faucet.get().equals(sender), "the faucet does not give to itself");
        Refusal.unless(context.account(faucet.get()).balance().compareTo(grant) >= 0, "the faucet is empty");
        context.debit(faucet.get(), grant);
        context.put(sender, account.withFaucetUsed().credit(grant));
        context.emit(new LedgerEvent.FaucetGave(sender, grant));
    }

    private static Optional<NodeId> faucet(ChainSpec spec) {
        return spec.allocations().stream()
                .filter(a -> a.label().equals(FAUCET))
                .map(ChainSpec.Allocation::account)
                .findFirst();
    }
}
