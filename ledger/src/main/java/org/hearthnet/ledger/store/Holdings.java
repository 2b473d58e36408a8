package org.hearthnet.ledger.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.state.Supply;
import org.hearthnet.ledger.state.Table;
import org.hearthnet.ledger.state.Tables;

/**
 * Where all credits are, counted record by record, and the totals that they must sum to.
 *
 * @param supply the totals as the ledger keeps them
 * @param balances free credits
 * @param escrows locked by clients
 * @param bonds bonded
 * @param unbonding on their way back
 * @param frozen of convicted accounts
 * @param vesting earned fees that wait, as the accounts say
 * @param dutyPool audit fees not yet paid out, as the batches say
 * @param batchVesting earned fees that wait, as the batches say
 */
public record Holdings(
        Supply supply,
        Amount balances,
        Amount escrows,
        Amount bonds,
        Amount unbonding,
        Amount frozen,
        Amount vesting,
        Amount dutyPool,
        Amount batchVesting) {
    private static final int PAGE = 512;

    /** Counts everything in {@code state}. */
    public static Holdings of(StateReader state) {
        Sums sums = new Sums();
        forEach(state, Tables.ACCOUNTS, (key, account) -> sums.add(account));
        forEach(state, Tables.ESCROWS, (key, escrow) -> sums.escrows = sums.escrows.plus(escrow.rest()));
        forEach(state, Tables.BATCHES, (key, batch) -> {
            sums.dutyPool = sums.dutyPool.plus(batch.purse().dutyLeft());
            sums.batchVesting = sums.batchVesting.plus(batch.purse().vesting());
        });
        Supply supply = Tables.SUPPLY.get(state, Tables.ONLY).orElseThrow();
        return new Holdings(
                supply,
                sums.balances,
                sums.escrows,
                sums.bonds,
                sums.unbonding,
                sums.frozen,
                sums.vesting,
                sums.dutyPool,
                sums.batchVesting);
    }

    private static final class Sums {
        private Amount balances = Amount.ZERO;
        private Amount escrows = Amount.ZERO;
        private Amount bonds = Amount.ZERO;
        private Amount unbonding = Amount.ZERO;
        private Amount frozen = Amount.ZERO;
        private Amount vesting = Amount.ZERO;
        private Amount dutyPool = Amount.ZERO;
        private Amount batchVesting = Amount.ZERO;

        private void add(Account account) {
            balances = balances.plus(account.balance());
            bonds = bonds.plus(account.stake().bond());
            unbonding = unbonding.plus(account.stake().waiting());
            frozen = frozen.plus(account.stake().frozen());
            vesting = vesting.plus(account.vesting());
        }
    }

    /** Calls {@code action} with every record of {@code table}. */
    public static <V> void forEach(StateReader state, Table<V> table, BiConsumer<Bytes, V> action) {
        Bytes from = Bytes.EMPTY;
        while (true) {
            List<Table.Row<V>> page = table.scanFrom(state, from, PAGE);
            page.forEach(row -> action.accept(row.key(), row.value()));
            if (page.size() < PAGE) {
                return;
            }
            from = Keys.of(page.getLast().key(), Bytes.of(new byte[1])); // the smallest key after the last one
        }
    }

    /** Everything that is held. */
    public Amount held() {
        return balances.plus(escrows)
                .plus(bonds)
                .plus(unbonding)
                .plus(frozen)
                .plus(vesting)
                .plus(dutyPool);
    }

    /** What contradicts the totals; empty if nothing does. */
    public List<String> errors() {
        List<String> out = new ArrayList<>();
        Amount expected = supply.minted().minus(supply.burned());
        if (!held().equals(expected)) {
            out.add("held are " + held() + ", minted less burned are " + expected);
        }
        if (!bonds.equals(supply.bonded())) {
            out.add("bonds sum to " + bonds + ", the total says " + supply.bonded());
        }
        if (!dutyPool.equals(supply.dutyPool())) {
            out.add("the duty pool is " + dutyPool + ", the total says " + supply.dutyPool());
        }
        if (!vesting.equals(batchVesting)) {
            out.add("accounts say that " + vesting + " vest, batches " + batchVesting);
        }
        return out;
    }
}
