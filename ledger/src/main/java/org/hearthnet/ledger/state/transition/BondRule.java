package org.hearthnet.ledger.state.transition;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.rules.Reputation;
import org.hearthnet.genesis.rules.Role;
import org.hearthnet.ledger.block.TransactionBody.Bond;
import org.hearthnet.ledger.block.TransactionBody.Unbond;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Account.Stake;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.Supply;

/** Bonds. */
final class BondRule {
    private BondRule() {}

    static void apply(Context context, NodeId sender, Bond body) {
        Refusal.unless(!body.amount().isZero(), "a bond of nothing");
        Account before = context.account(sender);
        int bar = Reputation.bar(context.parameters(), before.standing().convictions());
        Refusal.unless(
                before.standing().reputation() >= bar,
                "a bond needs a reputation of " + bar + ", this account has "
                        + before.standing().reputation());
        context.debit(sender, body.amount());
        Account account = context.account(sender);
        Stake stake = account.stake();
        Account after =
                account.withStake(new Stake(stake.bond().plus(body.amount()), stake.frozen(), stake.unbonding()));
        context.put(sender, after);
        Supply supply = context.supply();
        context.put(supply.withBonded(supply.bonded().plus(body.amount())));
        context.emit(new LedgerEvent.BondChanged(sender, after.stake().bond()));
        if (before.role(context.parameters()) != Role.VETERAN && after.role(context.parameters()) == Role.VETERAN) {
            context.emit(new LedgerEvent.Graduated(sender));
        }
    }

    static void apply(Context context, NodeId sender, Unbond body) {
        Account account = context.account(sender);
        Stake stake = account.stake();
        Refusal.unless(!body.amount().isZero(), "an unbonding of nothing");
        Refusal.unless(body.amount().compareTo(stake.bond()) <= 0, "the bond is only " + stake.bond());
        Refusal.unless(stake.unbonding().size() < Account.MAX_UNBONDINGS, "too many unbondings wait: withdraw first");
        Amount rest = stake.bond().minus(body.amount());
        List<Account.Unbonding> unbonding = new ArrayList<>(stake.unbonding());
        unbonding.add(new Account.Unbonding(
                body.amount(), context.epoch() + context.parameters().unbondingEpochs()));
        context.put(sender, account.withStake(new Stake(rest, stake.frozen(), List.copyOf(unbonding))));
        Supply supply = context.supply();
        context.put(supply.withBonded(supply.bonded().minus(body.amount())));
        context.emit(new LedgerEvent.BondChanged(sender, rest));
    }
}
