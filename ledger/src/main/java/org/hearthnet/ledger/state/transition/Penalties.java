package org.hearthnet.ledger.state.transition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.rules.Penalty;
import org.hearthnet.genesis.rules.Reputation;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Account.Standing;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.ledger.state.Duty.Outcome;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.OpenedReceipt;
import org.hearthnet.ledger.state.Tables;

/** Penalties short of a conviction. */
final class Penalties {
    private Penalties() {}

    /**
     * The executor of {@code duty} cannot serve or answer, or confesses: it loses the receipt's fee, which the client gets
     * back, and {@code 5 * fee / audit rate}, which is burned; its next receipts are all audited.
     */
    static void silence(Context context, Duty duty, boolean confessed) {
        Batch batch = Duties.batch(context, duty.batch());
        Optional<OpenedReceipt> opened = Tables.RECEIPTS.get(context.state(), Keys.of(duty.batch(), duty.index()));
        // A receipt that was never shown counts as the largest of its batch.
        Amount fee = opened.map(o -> o.receipt().fee()).orElse(batch.largestFee());
        Amount due = fee.plus(Penalty.silence(fee, batch.checking().rate()));
        Amount taken = Collection.take(context, duty.executor(), duty.batch(), due);
        Amount refunded = refund(context, batch, opened.map(o -> o.assignment().client()), fee.min(taken));
        context.burn(taken.minus(refunded));
        record(context, duty.executor(), taken);
        context.emit(new LedgerEvent.Silenced(duty.id(), duty.executor(), fee, taken, confessed));
        Duties.endCase(context, duty, confessed ? Outcome.CONFESSED : Outcome.SILENT, Outcome.SUPERSEDED);
    }

    private static void record(Context context, NodeId executor, Amount lost) {
        Account account = context.account(executor);
        Standing s = account.standing();
        int silences = s.silences() + 1;
        int reputation = silences % Reputation.SILENCES == 0 ? 0 : s.reputation();
        context.put(
                executor,
                account.withEarnings(account.earnings().lostMore(lost))
                        .withStanding(new Standing(
                                reputation, 0, s.strikes(), silences, s.missed(), s.convictions(), s.banned())));
    }

    /** Gives {@code amount} to the client; if the receipt was never shown, to the batch's clients as they paid. */
    private static Amount refund(Context context, Batch batch, Optional<NodeId> client, Amount amount) {
        List<Batch.Payment> shares = new ArrayList<>();
        if (client.isPresent()) {
            shares.add(new Batch.Payment(Hash32.ZERO, client.get(), amount));
        } else {
            for (Batch.Payment p : batch.payments()) {
                Amount share =
                        amount.fraction(p.amount().sparks(), batch.root().fee().sparks());
                shares.add(new Batch.Payment(p.escrow(), p.client(), share));
            }
        }
        Amount refunded = Amount.ZERO;
        for (Batch.Payment share : shares) {
            if (!share.amount().isZero()) {
                context.credit(share.client(), share.amount());
                context.emit(new LedgerEvent.Refunded(share.client(), batch.executor(), share.amount()));
                refunded = refunded.plus(share.amount());
            }
        }
        return refunded;
    }

    /** The verifier of {@code duty} accused wrongly, or gave up. */
    static void dismiss(Context context, Duty duty) {
        Account account = context.account(duty.verifier());
        Standing standing = account.standing();
        context.put(
                duty.verifier(),
                account.withStanding(standing.struck().withReputation(Reputation.dismissed(standing.reputation()))));
        context.emit(new LedgerEvent.Dismissed(duty.id(), duty.verifier()));
    }

    /** The verifier of {@code duty} let a deadline pass. */
    static void missed(Context context, Duty duty) {
        Account account = context.account(duty.verifier());
        context.put(duty.verifier(), account.withStanding(account.standing().missedOne()));
        context.emit(new LedgerEvent.DutyMissed(duty.id(), duty.verifier()));
    }
}
