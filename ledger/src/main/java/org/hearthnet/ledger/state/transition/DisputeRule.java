package org.hearthnet.ledger.state.transition;

import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.proof.DisputeDecision;
import org.hearthnet.genesis.proof.DisputeOutcome;
import org.hearthnet.genesis.proof.DisputeParty;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.ledger.block.TransactionBody.Confess;
import org.hearthnet.ledger.block.TransactionBody.MoveInDispute;
import org.hearthnet.ledger.state.Dispute;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.ledger.state.Duty.Outcome;
import org.hearthnet.ledger.state.Duty.Phase;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.OpenedReceipt;
import org.hearthnet.ledger.state.Tables;

/** Disputes: the ledger is the referee's clock and executioner; what is right is the referee's matter alone. */
final class DisputeRule {
    private DisputeRule() {}

    /** Opens a dispute between the verifier and the executor of {@code duty}, whose receipt has been opened. */
    static void open(Context context, Duty duty) {
        OpenedReceipt opened = Tables.RECEIPTS
                .get(context.state(), Keys.of(duty.batch(), duty.index()))
                .orElseThrow();
        Dispute dispute = new Dispute(
                duty.executor(),
                duty.verifier(),
                context.rules().referee().open(opened.assignment(), opened.receipt()));
        Tables.DISPUTES.put(context.state(), Keys.of(duty.id()), dispute);
        Duties.step(context, duty, duty.to(Phase.DISPUTE, moveDeadline(context)));
        context.emit(new LedgerEvent.Disputed(duty.id(), duty.executor(), duty.verifier()));
    }

    private static long moveDeadline(Context context) {
        return context.height() + context.parameters().disputeBlocks();
    }

    static void apply(Context context, NodeId sender, Hash32 transaction, MoveInDispute body) {
        Duty duty = Duties.get(context, body.dispute(), Phase.DISPUTE);
        Dispute dispute = get(context, duty);
        Refusal.unless(turn(context, dispute).equals(sender), "it is the other party's turn");
        ModelManifest model =
                context.rules().model(dispute.state().assignment().manifest()).orElseThrow();
        switch (context.rules().referee().apply(dispute.state(), model, body.move())) {
            case DisputeOutcome.Continues next -> {
                Dispute moved = new Dispute(dispute.executor(), dispute.challenger(), next.state());
                Tables.DISPUTES.put(context.state(), Keys.of(duty.id()), moved);
                Duties.step(context, duty, duty.to(Phase.DISPUTE, moveDeadline(context)));
                context.emit(new LedgerEvent.DisputeMoved(duty.id(), sender));
            }
            case DisputeOutcome.Decided decided -> decide(context, duty, dispute, decided.decision(), transaction);
            case DisputeOutcome.Refused refused -> throw new Refusal("the referee refuses: " + refused.reason());
        }
    }

    private static Dispute get(Context context, Duty duty) {
        return Tables.DISPUTES.get(context.state(), Keys.of(duty.id())).orElseThrow();
    }

    private static NodeId turn(Context context, Dispute dispute) {
        return context.rules().referee().turn(dispute.state()) == DisputeParty.EXECUTOR
                ? dispute.executor()
                : dispute.challenger();
    }

    private static void decide(Context context, Duty duty, Dispute dispute, DisputeDecision decision, Hash32 evidence) {
        if (!decision.executorWrong()) {
            dismiss(context, duty);
            return;
        }
        Receipt receipt = dispute.state().receipt();
        Convictions.Fault fault = new Convictions.Fault(
                dispute.executor(),
                receipt.job(),
                receipt.stage(),
                decision.layer(),
                decision.position(),
                decision.operation(),
                evidence);
        Convictions.Damage damage =
                new Convictions.Damage(dispute.state().assignment().client(), receipt.fee());
        Convictions.convict(context, fault, dispute.challenger(), Optional.of(damage));
        Duties.endCase(context, duty, Outcome.CONVICTED, Outcome.SUPERSEDED);
    }

    private static void dismiss(Context context, Duty duty) {
        Penalties.dismiss(context, duty);
        Duties.endCase(context, duty, Outcome.DISMISSED, Outcome.SUPERSEDED);
    }

    /** Whoever had the turn has let it pass. */
    static void expire(Context context, Duty duty) {
        Dispute dispute = get(context, duty);
        if (turn(context, dispute).equals(dispute.executor())) {
            Penalties.silence(context, duty, false);
        } else {
            dismiss(context, duty);
        }
    }

    static void apply(Context context, NodeId sender, Confess body) {
        Duty duty = Duties.get(context, body.duty());
        Refusal.unless(duty.executor().equals(sender), "only the executor can confess");
        Refusal.unless(duty.phase() != Phase.CLOSED, "the duty is closed");
        Refusal.unless(duty.phase() != Phase.DISPUTE, "a dispute is open: too late to confess");
        Penalties.silence(context, duty, true);
    }
}
