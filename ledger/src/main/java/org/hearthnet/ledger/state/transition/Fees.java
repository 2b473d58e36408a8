package org.hearthnet.ledger.state.transition;

import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.rules.BaseFee;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.state.FeeState;
import org.hearthnet.ledger.state.Tables;

/**
 * The base fee of a block: it follows from the fee and the fullness of the block before, by {@link BaseFee}. Claims of the
 * faucet pay nothing and count for nothing, since anybody can make them without end: they must not make others' fees rise. Keys
 * of seats are registered for nothing as well: they are few, and members of the committee need no credits.
 */
final class Fees {
    private Fees() {}

    /** Sets the fee of the block that begins, and forgets how full the last one was. */
    static void begin(Context context) {
        FeeState last = state(context);
        Amount fee = BaseFee.next(
                last.baseFee(), fullness(last), context.parameters().transactionFee());
        FeeState now = new FeeState(fee, 0, 0);
        if (!now.equals(last)) {
            Tables.FEES.put(context.state(), Tables.ONLY, now);
        }
    }

    /** The fee of the block. */
    static Amount baseFee(Context context) {
        return state(context).baseFee();
    }

    private static FeeState state(Context context) {
        return Tables.FEES
                .get(context.state(), Tables.ONLY)
                .orElseGet(() -> new FeeState(context.parameters().transactionFee(), 0, 0));
    }

    private static long fullness(FeeState last) {
        long byCount = last.transactions() * BaseFee.FULL / Block.MAX_TRANSACTIONS;
        long byBytes = last.bytes() * BaseFee.FULL / Block.MAX_BYTES;
        return Math.min(BaseFee.FULL, Math.max(byCount, byBytes));
    }

    /** Whether a transaction pays at all. */
    static boolean pays(Transaction transaction) {
        return !(transaction.body() instanceof TransactionBody.FaucetClaim)
                && !(transaction.body() instanceof TransactionBody.RegisterSeatKeys);
    }

    /** Takes and burns the fee, or refuses. */
    static void charge(Context context, Transaction transaction, int length) {
        if (!pays(transaction)) {
            return;
        }
        FeeState now = state(context);
        Refusal.unless(
                transaction.maxFee().compareTo(now.baseFee()) >= 0,
                "pays a fee of " + transaction.maxFee() + " credits at most, the fee is " + now.baseFee());
        context.debit(transaction.sender(), now.baseFee());
        context.burn(now.baseFee());
        Tables.FEES.put(context.state(), Tables.ONLY, now.plus(length));
    }
}
