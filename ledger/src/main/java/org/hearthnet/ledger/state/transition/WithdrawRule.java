package org.hearthnet.ledger.state.transition;

import java.util.List;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Account.Claims;
import org.hearthnet.ledger.state.Account.Stake;
import org.hearthnet.ledger.state.Account.Unbonding;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.Tables;

/** Frees what has matured. */
final class WithdrawRule {
    private WithdrawRule() {}

    static void apply(Context context, NodeId sender) {
        int waiting = context.account(sender).claims().waiting();
        Amount vested = releaseBatches(context, sender);
        Amount unbonded = releaseBonds(context, sender);
        int released = waiting - context.account(sender).claims().waiting();
        Refusal.unless(released > 0 || !unbonded.isZero(), "nothing has matured");
        context.credit(sender, vested.plus(unbonded));
        context.emit(new LedgerEvent.Withdrawn(sender, vested, unbonded));
    }

    private static Amount releaseBatches(Context context, NodeId sender) {
        Amount out = Amount.ZERO;
        int released = 0;
        for (var row : Tables.VESTING.scan(context.state(), Keys.of(sender), ClaimRule.MAX_WAITING)) {
            Hash32 id = Keys.lastHash(row.key());
            Batch batch = Tables.BATCHES.get(context.state(), Keys.of(id)).orElseThrow();
            if (isMature(context, batch)) {
                out = out.plus(batch.purse().vesting());
                released++;
                Tables.VESTING.remove(context.state(), row.key());
                Tables.BATCHES.remove(context.state(), Keys.of(id));
            }
        }
        Account account = context.account(sender);
        Claims claims = account.claims();
        context.put(
                sender,
                account.withVesting(account.vesting().minus(out))
                        .withClaims(claims.withWaiting(claims.waiting() - released)));
        return out;
    }

    /** Whether a batch can be withdrawn: never while one of its receipts is still being checked. */
    static boolean isMature(Context context, Batch batch) {
        return batch.isClosed() && batch.releaseEpoch() <= context.epoch();
    }

    private static Amount releaseBonds(Context context, NodeId sender) {
        Account account = context.account(sender);
        if (account.claims().open() > 0) {
            return Amount.ZERO; // its work is still being checked: the whole stake has to stay within reach
        }
        Stake stake = account.stake();
        List<Unbonding> waiting = stake.unbonding().stream()
                .filter(u -> u.epoch() > context.epoch())
                .toList();
        Stake after = new Stake(stake.bond(), stake.frozen(), waiting);
        context.put(sender, account.withStake(after));
        return stake.waiting().minus(after.waiting());
    }
}
