package org.hearthnet.ledger.state.transition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.CommitteeWindow;
import org.hearthnet.ledger.block.CheckedTransaction;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.Transaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.Overlay;
import org.hearthnet.ledger.state.StateDelta;
import org.hearthnet.ledger.state.StateReader;
import org.hearthnet.ledger.state.Tables;

/**
 * The execution of one block: first what happens by itself, then transaction after transaction. The proposer and every
 * replica use the same; the proposer leaves out what is refused, to a replica a refusal makes the block invalid.
 */
public final class BlockExecution {
    private final Context context;

    private BlockExecution(Context context) {
        this.context = context;
    }

    /**
     * Starts the block of {@code height} on top of {@code state}.
     *
     * @param view in which it was made
     * @param beacon the block's own
     */
    public BlockExecution(Rules rules, StateReader state, long height, int view, Hash32 beacon) {
        this(new Context(rules, height, beacon, new Overlay(state)));
        Fees.begin(context);
        Committees.run(context);
        Turns.run(context, view);
        Settlement.run(context);
        Deadlines.run(context);
        Slashes.run(context);
        Draws.run(context);
    }

    /** The same in view 0, for trials. */
    public BlockExecution(Rules rules, StateReader state, long height, Hash32 beacon) {
        this(rules, state, height, 0, beacon);
    }

    /** An execution without what happens by itself: cheap, for the question whether a transaction could be valid. */
    public static BlockExecution preview(Rules rules, StateReader state, long height, Hash32 beacon) {
        Context context = new Context(rules, height, beacon, new Overlay(state));
        Fees.begin(context);
        return new BlockExecution(context);
    }

    /** What the header says of committees. */
    public CommitteeWindow committees() {
        return Committees.window(context.state(), context.parameters().epochBlocks(), context.height());
    }

    /** What each transaction of this block pays. */
    public Amount baseFee() {
        return Fees.baseFee(context);
    }

    /** Reads the accounts that transactions will ask for, all at once; changes nothing but the time it takes. */
    public void expect(List<CheckedTransaction> transactions) {
        List<Bytes> keys = new ArrayList<>();
        for (CheckedTransaction checked : transactions) {
            Transaction transaction = checked.signed().transaction();
            keys.add(Tables.ACCOUNTS.key(Keys.of(transaction.sender())));
            if (transaction.body() instanceof TransactionBody.Transfer transfer) {
                keys.add(Tables.ACCOUNTS.key(Keys.of(transfer.to())));
            }
        }
        context.state().expect(keys);
    }

    /**
     * Applies a transaction, all of it or nothing.
     *
     * @return the reason for a refusal, or nothing if it was applied
     */
    public Optional<String> apply(SignedTransaction signed) {
        return apply(context.rules().signatures().check(signed));
    }

    /**
     * Applies a transaction that was checked before, by the signature check of the same rules.
     *
     * @return the reason for a refusal, or nothing if it was applied
     */
    public Optional<String> apply(CheckedTransaction checked) {
        Context attempt = context.stacked();
        try {
            check(attempt, checked);
            dispatch(attempt, checked);
            context.merge(attempt);
            return Optional.empty();
        } catch (Refusal | CodecException | ArithmeticException | IllegalArgumentException e) {
            // Arithmetic: amounts that overflow; argument: records that contradict themselves. Both come from the
            // sender.
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The changes so far. */
    public StateDelta delta() {
        return context.state().delta();
    }

    /** What happened so far. */
    public List<LedgerEvent> events() {
        return List.copyOf(context.events());
    }

    private static void check(Context context, CheckedTransaction checked) {
        Transaction transaction = checked.signed().transaction();
        NodeId sender = transaction.sender();
        Refusal.unless(
                context.height() <= transaction.expiryHeight(), () -> "expired at " + transaction.expiryHeight());
        Account account = context.account(sender);
        Refusal.unless(
                transaction.nonce() == account.nonce(),
                () -> "nonce " + transaction.nonce() + ", the account's next is " + account.nonce());
        Refusal.unless(
                !account.standing().banned() || isOpenToBanned(transaction.body()), "the sender's key is banned");
        Refusal.unless(
                checked.bytes() <= SignedTransaction.MAX_BYTES, "over " + SignedTransaction.MAX_BYTES + " bytes");
        Refusal.unless(checked.signatureValid(), "the signature is not the sender's on this network");
        context.put(sender, account.withNonce(Math.addExact(account.nonce(), 1)));
        Fees.charge(context, transaction, checked.bytes());
    }

    /** A banned key keeps its free credits and may finish what it is in; it can take no part in the network's work. */
    private static boolean isOpenToBanned(TransactionBody body) {
        return switch (body) {
            case TransactionBody.Transfer b -> true;
            case TransactionBody.Withdraw b -> true;
            case TransactionBody.MoveInDispute b -> true;
            case TransactionBody.PostAnswer b -> true;
            case TransactionBody.Confess b -> true;
            case TransactionBody.FaucetClaim b -> false;
            case TransactionBody.EscrowOpen b -> false;
            case TransactionBody.ClaimReceipts b -> false;
            case TransactionBody.Bond b -> false;
            case TransactionBody.Unbond b -> false;
            case TransactionBody.RegisterHolding b -> false;
            case TransactionBody.ReleaseHolding b -> false;
            case TransactionBody.PostVerdict b -> false;
            case TransactionBody.RevealTag b -> false;
            case TransactionBody.ReportEquivocation b -> false;
            case TransactionBody.ReportDoubleVote b -> false;
            case TransactionBody.ReportDoubleBlock b -> false;
            case TransactionBody.RegisterSeatKeys b -> false;
        };
    }

    private static void dispatch(Context context, CheckedTransaction checked) {
        Transaction transaction = checked.signed().transaction();
        NodeId sender = transaction.sender();
        switch (transaction.body()) {
            case TransactionBody.Transfer body -> TransferRule.apply(context, sender, body);
            case TransactionBody.FaucetClaim body -> TransferRule.claimFaucet(context, sender);
            case TransactionBody.EscrowOpen body -> EscrowRule.apply(context, sender, checked.id(), body);
            case TransactionBody.ClaimReceipts body -> ClaimRule.apply(context, sender, body);
            case TransactionBody.Bond body -> BondRule.apply(context, sender, body);
            case TransactionBody.Unbond body -> BondRule.apply(context, sender, body);
            case TransactionBody.Withdraw body -> WithdrawRule.apply(context, sender);
            case TransactionBody.RegisterHolding body -> HoldingRule.apply(context, sender, body);
            case TransactionBody.ReleaseHolding body -> HoldingRule.apply(context, sender, body);
            case TransactionBody.PostVerdict body -> VerdictRule.apply(context, sender, body);
            case TransactionBody.PostAnswer body -> TagRule.apply(context, sender, body);
            case TransactionBody.RevealTag body -> TagRule.apply(context, sender, body);
            case TransactionBody.MoveInDispute body -> DisputeRule.apply(context, sender, checked.id(), body);
            case TransactionBody.ReportEquivocation body -> EquivocationRule.apply(context, sender, checked.id(), body);
            case TransactionBody.ReportDoubleVote body -> DoubleVoteRule.apply(context, sender, checked.id(), body);
            case TransactionBody.ReportDoubleBlock body -> DoubleVoteRule.apply(context, sender, checked.id(), body);
            case TransactionBody.Confess body -> DisputeRule.apply(context, sender, body);
            case TransactionBody.RegisterSeatKeys body -> SeatKeysRule.apply(context, sender, body);
        }
    }
}
