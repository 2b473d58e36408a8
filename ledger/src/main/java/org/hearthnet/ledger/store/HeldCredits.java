package org.hearthnet.ledger.store;

import java.util.Optional;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Escrow;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.state.Supply;
import org.hearthnet.ledger.state.Tables;

/**
 * Counts what is held from block to block out of the changed records alone, so that the supply can be checked after every
 * block of a long chain. {@link Holdings} counts the same from scratch.
 */
public final class HeldCredits {
    private Amount held = Amount.ZERO;

    /** What is held. */
    public Amount held() {
        return held;
    }

    /**
     * Counts the changes of a block.
     *
     * @param before the state without them
     */
    public void apply(StateReader before, StateDelta delta) {
        delta.changes().forEach((key, value) -> {
            // The new value first: a sum never gets negative on the way.
            held = held.plus(value.map(v -> heldBy(key, v)).orElse(Amount.ZERO));
            held = held.minus(before.get(key).map(v -> heldBy(key, v)).orElse(Amount.ZERO));
        });
    }

    private static Amount heldBy(Bytes key, Bytes value) {
        return Tables.ACCOUNTS
                .decode(key, value)
                .map(Account::total)
                .or(() -> Tables.ESCROWS.decode(key, value).map(Escrow::rest))
                .or(() -> Tables.BATCHES.decode(key, value).map(b -> b.purse().dutyLeft()))
                .orElse(Amount.ZERO);
    }

    /** What contradicts the totals in {@code state}; nothing if all is well. */
    public Optional<String> error(StateReader state) {
        Supply supply = Tables.SUPPLY.get(state, Tables.ONLY).orElseThrow();
        Amount expected = supply.minted().minus(supply.burned());
        return held.equals(expected)
                ? Optional.empty()
                : Optional.of("held are " + held + ", minted less burned are " + expected);
    }
}
