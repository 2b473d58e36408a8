package org.hearthnet.ledger.state.transition;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.rules.Draw;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.ledger.state.Duty.Outcome;
import org.hearthnet.ledger.state.Duty.Phase;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.Supply;
import org.hearthnet.ledger.state.Tables;
import org.hearthnet.ledger.state.Tables.Marker;

/** The life of duties and of the receipts they are about; keeps records, indexes and deadlines together. */
final class Duties {
    /** Most draws for one receipt, second opinions included. */
    static final int MAX_ATTEMPTS = 6;

    private Duties() {}

    static Duty get(Context context, Hash32 id) {
        return Tables.DUTIES.get(context.state(), Keys.of(id)).orElseThrow(() -> new Refusal("no duty " + id));
    }

    /** A duty that is in {@code phase} and in time, or a refusal. */
    static Duty get(Context context, Hash32 id, Phase phase) {
        Duty duty = get(context, id);
        Refusal.unless(duty.phase() == phase, "duty " + id + " is in phase " + duty.phase() + ", not " + phase);
        Refusal.unless(context.height() <= duty.deadline(), "duty " + id + " is past its deadline");
        return duty;
    }

    static Batch batch(Context context, Hash32 id) {
        return Tables.BATCHES.get(context.state(), Keys.of(id)).orElseThrow();
    }

    /** The first draw for receipt {@code index}. */
    static void draw(Context context, Hash32 batch, NodeId executor, int index, List<NodeId> candidates) {
        NodeId verifier = pick(context, batch, index, 0, candidates);
        open(context, duty(batch, index, executor, verifier, Hash32.ZERO, deadline(context), 0, 0, List.of()));
    }

    /** Another verifier after {@code before}, which is closed; without candidates the receipt stays unchecked. */
    static void redraw(Context context, Duty before, int notServed) {
        List<NodeId> tried = tried(before);
        int attempt = before.attempt() + 1;
        List<NodeId> candidates = Verifiers.eligible(context, batch(context, before.batch()), tried, false);
        if (attempt >= MAX_ATTEMPTS || candidates.isEmpty()) {
            context.emit(new LedgerEvent.ReceiptUnchecked(before.batch(), before.index(), before.executor()));
            receiptDone(context, before.batch(), before.index());
            return;
        }
        NodeId verifier = pick(context, before.batch(), before.index(), attempt, candidates);
        open(
                context,
                duty(
                        before.batch(),
                        before.index(),
                        before.executor(),
                        verifier,
                        Hash32.ZERO,
                        deadline(context),
                        attempt,
                        notServed,
                        tried));
    }

    /** Draws a second opinion on {@code first}; false if no independent veteran can give one. */
    static boolean secondOpinion(Context context, Duty first) {
        List<NodeId> tried = tried(first);
        List<NodeId> candidates = Verifiers.eligible(context, batch(context, first.batch()), tried, true);
        if (candidates.isEmpty()) {
            return false;
        }
        int attempt = first.attempt() + 1;
        NodeId verifier = pick(context, first.batch(), first.index(), attempt, candidates);
        step(context, first, first.to(Phase.OPINION, 0));
        open(
                context,
                duty(
                        first.batch(),
                        first.index(),
                        first.executor(),
                        verifier,
                        first.id(),
                        deadline(context),
                        attempt,
                        first.notServed(),
                        tried));
        return true;
    }

    private static NodeId pick(Context context, Hash32 batch, int index, int attempt, List<NodeId> candidates) {
        long[] weights = Verifiers.weights(context, candidates);
        return candidates.get(Draw.verifier(context.beacon(), batch, index, attempt, weights));
    }

    private static List<NodeId> tried(Duty duty) {
        List<NodeId> out = new ArrayList<>(duty.tried());
        out.add(duty.verifier());
        return List.copyOf(out);
    }

    private static Duty duty(
            Hash32 batch,
            int index,
            NodeId executor,
            NodeId verifier,
            Hash32 first,
            long deadline,
            int attempt,
            int notServed,
            List<NodeId> tried) {
        return new Duty(
                batch,
                index,
                executor,
                verifier,
                first,
                Phase.DRAWN,
                deadline,
                attempt,
                notServed,
                tried,
                Hash32.ZERO,
                java.util.Optional.empty(),
                Outcome.OPEN);
    }

    /** Last height in time for a step that is due from now on. */
    static long deadline(Context context) {
        return context.height() + context.parameters().dutyBlocks();
    }

    private static void open(Context context, Duty duty) {
        Hash32 id = duty.id();
        Tables.DUTIES.put(context.state(), Keys.of(id), duty);
        Tables.OPEN_DUTIES.put(context.state(), Keys.of(duty.verifier(), id), Marker.HERE);
        Tables.OPEN_DUTIES.put(context.state(), Keys.of(duty.executor(), id), Marker.HERE);
        Tables.DEADLINES.put(context.state(), Keys.of(duty.deadline(), id), Marker.HERE);
        context.emit(new LedgerEvent.DutyDrawn(
                id,
                duty.batch(),
                duty.index(),
                duty.executor(),
                duty.verifier(),
                duty.attempt(),
                duty.isSecondOpinion()));
    }

    /** Replaces {@code before} by {@code after}; a deadline of 0 means that the duty itself waits for nothing. */
    static void step(Context context, Duty before, Duty after) {
        Hash32 id = before.id();
        if (before.deadline() != 0) {
            Tables.DEADLINES.remove(context.state(), Keys.of(before.deadline(), id));
        }
        if (after.deadline() != 0) {
            Tables.DEADLINES.put(context.state(), Keys.of(after.deadline(), id), Marker.HERE);
        }
        Tables.DUTIES.put(context.state(), Keys.of(id), after);
    }

    /** Ends one duty; its receipt's case goes on. */
    static void close(Context context, Duty duty, Outcome outcome) {
        step(context, duty, duty.close(outcome));
        Tables.OPEN_DUTIES.remove(context.state(), Keys.of(duty.verifier(), duty.id()));
        Tables.OPEN_DUTIES.remove(context.state(), Keys.of(duty.executor(), duty.id()));
        Tables.DISPUTES.remove(context.state(), Keys.of(duty.id()));
    }

    /** Ends the case of a receipt: {@code duty} with {@code outcome}, and the duty that it is linked to, if still open. */
    static void endCase(Context context, Duty duty, Outcome outcome, Outcome linkedOutcome) {
        close(context, duty, outcome);
        Hash32 linked = duty.isSecondOpinion() ? duty.first() : Duty.id(duty.batch(), duty.index(), duty.attempt() + 1);
        Tables.DUTIES
                .get(context.state(), Keys.of(linked))
                .filter(other -> other.phase() != Phase.CLOSED)
                .ifPresent(other -> close(context, other, linkedOutcome));
        receiptDone(context, duty.batch(), duty.index());
    }

    private static void receiptDone(Context context, Hash32 batchId, int index) {
        Tables.RECEIPTS.remove(context.state(), Keys.of(batchId, index));
        Batch batch = batch(context, batchId);
        Batch.Checking c = batch.checking();
        Batch next = batch.withChecking(new Batch.Checking(c.phase(), c.rate(), c.postponed(), c.openReceipts() - 1));
        if (next.checking().openReceipts() == 0) {
            closeBatch(context, batchId, next);
        } else {
            Tables.BATCHES.put(context.state(), Keys.of(batchId), next);
        }
    }

    /** Ends all checking of a batch: what is left of its audit fees is burned. */
    static void closeBatch(Context context, Hash32 batchId, Batch batch) {
        Amount left = batch.purse().dutyLeft();
        Supply supply = context.supply();
        context.put(supply.burn(left).withDutyPool(supply.dutyPool().minus(left)));
        Batch.Checking c = batch.checking();
        Tables.BATCHES.put(
                context.state(),
                Keys.of(batchId),
                batch.withPurse(new Batch.Purse(batch.purse().vesting(), Amount.ZERO, Amount.ZERO))
                        .withChecking(new Batch.Checking(Batch.Phase.CLOSED, c.rate(), c.postponed(), 0)));
        Account executor = context.account(batch.executor());
        context.put(
                batch.executor(),
                executor.withClaims(executor.claims().withOpen(executor.claims().open() - 1)));
        context.emit(new LedgerEvent.BatchClosed(batchId, batch.executor(), left));
    }
}
