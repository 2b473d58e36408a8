package org.hearthnet.ledger.state.transition;

import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.rules.Penalty;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Account.Stake;
import org.hearthnet.ledger.state.ConvictionCount;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.Slash;
import org.hearthnet.ledger.state.Table;
import org.hearthnet.ledger.state.Tables;

/** Frozen bonds whose time has come. */
final class Slashes {
    /** Most bonds a block. */
    static final int MAX_PER_BLOCK = 64;

    private Slashes() {}

    static void run(Context context) {
        for (Table.Row<Slash> row : Tables.SLASHES.scan(context.state(), Bytes.EMPTY, MAX_PER_BLOCK)) {
            if (Keys.number(row.key(), 0) > context.epoch()) {
                return;
            }
            Tables.SLASHES.remove(context.state(), row.key());
            if (waits(context, row.value())) {
                hold(context, row);
            } else {
                divide(context, row.value());
            }
        }
    }

    private static boolean waits(Context context, Slash slash) {
        ConvictionCount count = Tables.CONVICTION_COUNTS
                .get(context.state(), Keys.of(slash.epoch()))
                .orElseThrow();
        return Penalty.waitsForReview(count.convictions(), count.frozen(), count.bonded());
    }

    /** There is no review yet that could release it, so the bond stays frozen: in an epoch that never comes. */
    private static void hold(Context context, Table.Row<Slash> row) {
        byte[] key = row.key().toArray();
        System.arraycopy(Keys.of(Long.MAX_VALUE).unsafeArray(), 0, key, 0, Long.BYTES);
        Tables.SLASHES.put(context.state(), Bytes.owned(key), row.value());
        context.emit(new LedgerEvent.SlashHeld(row.value().node(), row.value().bond()));
    }

    private static void divide(Context context, Slash slash) {
        Account account = context.account(slash.node());
        Stake stake = account.stake();
        context.put(
                slash.node(),
                account.withStake(new Stake(stake.bond(), stake.frozen().minus(slash.bond()), stake.unbonding())));
        Amount owed = slash.client().isPresent() ? slash.owed() : Amount.ZERO;
        int share = slash.client().isPresent()
                ? context.parameters().finderShare()
                : Penalty.reportShare(context.parameters()); // no client: two signatures, found without work
        Penalty.Slash split = Penalty.slash(slash.bond(), owed, share);
        slash.client().filter(c -> !split.refund().isZero()).ifPresent(client -> {
            context.credit(client, split.refund());
            context.emit(new LedgerEvent.Refunded(client, slash.node(), split.refund()));
        });
        Account finder = context.account(slash.finder());
        context.put(
                slash.finder(),
                finder.credit(split.finder()).withEarnings(finder.earnings().found(split.finder())));
        context.burn(split.burned());
        context.emit(new LedgerEvent.Slashed(slash.node(), split.refund(), split.finder(), split.burned()));
    }
}
