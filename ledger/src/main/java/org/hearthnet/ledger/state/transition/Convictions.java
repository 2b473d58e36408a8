package org.hearthnet.ledger.state.transition;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.rules.Reputation;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Account.Stake;
import org.hearthnet.ledger.state.Account.Standing;
import org.hearthnet.ledger.state.Conviction;
import org.hearthnet.ledger.state.ConvictionCount;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.Slash;
import org.hearthnet.ledger.state.Supply;
import org.hearthnet.ledger.state.Tables;

/** What a proven fault leads to. */
final class Convictions {
    private Convictions() {}

    /** What was proven; the fields as in {@link Conviction}. */
    record Fault(NodeId node, Hash32 job, int stage, int layer, int position, String operation, Hash32 evidence) {}

    /** What a client paid for the wrong result. */
    record Damage(NodeId client, Amount fee) {}

    /** Whether {@code node} was convicted for {@code job} before. */
    static boolean has(Context context, NodeId node, Hash32 job) {
        return Tables.CONVICTIONS.has(context.state(), Keys.of(node, job));
    }

    /**
     * Convicts: waiting fees are forfeited, the client is refunded out of them first; the bond is frozen and divided later.
     * A second fault in one job changes only who is refunded.
     */
    static void convict(Context context, Fault fault, NodeId finder, Optional<Damage> damage) {
        Amount forfeited = Collection.forfeit(context, fault.node());
        Amount owed = damage.map(Damage::fee).orElse(Amount.ZERO);
        Amount refunded = owed.min(forfeited);
        damage.filter(d -> !refunded.isZero()).ifPresent(d -> {
            context.credit(d.client(), refunded);
            context.emit(new LedgerEvent.Refunded(d.client(), fault.node(), refunded));
        });
        context.burn(forfeited.minus(refunded));
        if (has(context, fault.node(), fault.job())) {
            lose(context, fault.node(), forfeited);
            return;
        }
        Amount bond = freeze(context, fault.node());
        lose(context, fault.node(), forfeited.plus(bond));
        disgrace(context, fault.node());
        Conviction conviction = new Conviction(
                fault.node(),
                fault.job(),
                fault.stage(),
                fault.layer(),
                fault.position(),
                shortened(fault.operation()),
                bond,
                context.height(),
                fault.evidence());
        Bytes key = Keys.of(fault.node(), fault.job());
        Tables.CONVICTIONS.put(context.state(), key, conviction);
        context.emit(new LedgerEvent.Convicted(conviction));
        Slash slash = new Slash(
                fault.node(), finder, damage.map(Damage::client), owed.minus(refunded), bond, context.epoch());
        long due = context.epoch() + context.parameters().freezeEpochs();
        Tables.SLASHES.put(context.state(), Keys.of(Keys.of(due), key), slash);
    }

    private static Amount freeze(Context context, NodeId node) {
        Account account = context.account(node);
        Stake stake = account.stake();
        Amount bond = stake.slashable();
        count(context, bond);
        Supply supply = context.supply();
        context.put(supply.withBonded(supply.bonded().minus(stake.bond())));
        context.put(
                node, account.withStake(new Stake(Amount.ZERO, stake.frozen().plus(bond), List.of())));
        return bond;
    }

    private static void count(Context context, Amount bond) {
        Bytes key = Keys.of(context.epoch());
        ConvictionCount before = Tables.CONVICTION_COUNTS
                .get(context.state(), key)
                .orElseGet(() ->
                        new ConvictionCount(0, Amount.ZERO, context.supply().bonded()));
        Tables.CONVICTION_COUNTS.put(
                context.state(),
                key,
                new ConvictionCount(before.convictions() + 1, before.frozen().plus(bond), before.bonded()));
    }

    private static void lose(Context context, NodeId node, Amount amount) {
        Account account = context.account(node);
        context.put(node, account.withEarnings(account.earnings().lostMore(amount)));
    }

    private static void disgrace(Context context, NodeId node) {
        Account account = context.account(node);
        Standing s = account.standing();
        int convictions = s.convictions() + 1;
        boolean banned = convictions >= Reputation.BAN;
        context.put(
                node,
                account.withStanding(new Standing(0, 0, s.strikes(), s.silences(), s.missed(), convictions, banned)));
        if (banned && !s.banned()) {
            context.emit(new LedgerEvent.Banned(node));
        }
    }

    private static String shortened(String operation) {
        return operation.length() <= Conviction.MAX_OPERATION_BYTES
                ? operation
                : operation.substring(0, Conviction.MAX_OPERATION_BYTES);
    }
}
