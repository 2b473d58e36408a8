package org.hearthnet.ledger.state.transition;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Account.Stake;
import org.hearthnet.ledger.state.Account.Unbonding;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.Supply;
import org.hearthnet.ledger.state.Tables;

/** Takes what an account owes from what it has at risk; free credits are never touched. */
final class Collection {
    private Collection() {}

    /**
     * Takes up to {@code due} from the fees of batch {@code first}, then from the account's other waiting fees, then from
     * its bond, then from its unbondings.
     *
     * @return what could be taken; the caller gives it to somebody or burns it
     */
    static Amount take(Context context, NodeId node, Hash32 first, Amount due) {
        Amount taken = fromVesting(context, node, first, due);
        taken = taken.plus(fromBond(context, node, due.minus(taken)));
        return taken.plus(fromUnbonding(context, node, due.minus(taken)));
    }

    private static Amount fromVesting(Context context, NodeId node, Hash32 first, Amount due) {
        Set<Hash32> order = new LinkedHashSet<>();
        order.add(first);
        Tables.VESTING
                .scan(context.state(), Keys.of(node), ClaimRule.MAX_WAITING)
                .forEach(row -> order.add(Keys.lastHash(row.key())));
        Amount taken = Amount.ZERO;
        for (Hash32 id : order) {
            Batch batch = Duties.batch(context, id);
            Amount part = batch.purse().vesting().min(due.minus(taken));
            Tables.BATCHES.put(
                    context.state(),
                    Keys.of(id),
                    batch.withVesting(batch.purse().vesting().minus(part)));
            taken = taken.plus(part);
        }
        Account account = context.account(node);
        context.put(node, account.withVesting(account.vesting().minus(taken)));
        return taken;
    }

    private static Amount fromBond(Context context, NodeId node, Amount due) {
        Account account = context.account(node);
        Stake stake = account.stake();
        Amount part = stake.bond().min(due);
        context.put(node, account.withStake(new Stake(stake.bond().minus(part), stake.frozen(), stake.unbonding())));
        Supply supply = context.supply();
        context.put(supply.withBonded(supply.bonded().minus(part)));
        return part;
    }

    private static Amount fromUnbonding(Context context, NodeId node, Amount due) {
        Account account = context.account(node);
        Stake stake = account.stake();
        Amount taken = Amount.ZERO;
        List<Unbonding> left = new ArrayList<>();
        for (Unbonding u : stake.unbonding()) {
            Amount part = u.amount().min(due.minus(taken));
            taken = taken.plus(part);
            if (!u.amount().equals(part)) {
                left.add(new Unbonding(u.amount().minus(part), u.epoch()));
            }
        }
        context.put(node, account.withStake(new Stake(stake.bond(), stake.frozen(), List.copyOf(left))));
        return taken;
    }

    /** Takes all fees that have not matured. */
    static Amount forfeit(Context context, NodeId node) {
        Amount taken = Amount.ZERO;
        for (var row : Tables.VESTING.scan(context.state(), Keys.of(node), ClaimRule.MAX_WAITING)) {
            Hash32 id = Keys.lastHash(row.key());
            Batch batch = Duties.batch(context, id);
            if (!WithdrawRule.isMature(context, batch)) {
                taken = taken.plus(batch.purse().vesting());
                Tables.BATCHES.put(context.state(), Keys.of(id), batch.withVesting(Amount.ZERO));
            }
        }
        Account account = context.account(node);
        context.put(node, account.withVesting(account.vesting().minus(taken)));
        return taken;
    }
}
