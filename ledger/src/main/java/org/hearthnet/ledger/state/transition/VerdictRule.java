package org.hearthnet.ledger.state.transition;

import org.hearthnet.genesis.crypto.SumTree;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.proof.DisputeLimits;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.ReceiptOpening;
import org.hearthnet.genesis.protocol.Verdict;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.ledger.block.TransactionBody.PostVerdict;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.ledger.state.Duty.Outcome;
import org.hearthnet.ledger.state.Duty.Phase;
import org.hearthnet.ledger.state.Keys;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.OpenedReceipt;
import org.hearthnet.ledger.state.Tables;

/** A verifier's verdict. */
final class VerdictRule {
    /** Verifiers in a row that were not served before the executor counts as silent. */
    static final int NOT_SERVED_LIMIT = 3;

    private VerdictRule() {}

    static void apply(Context context, NodeId sender, PostVerdict body) {
        Duty duty = Duties.get(context, body.duty(), Phase.DRAWN);
        Refusal.unless(duty.verifier().equals(sender), "the duty is another verifier's");
        boolean served = body.verdict() != Verdict.NOT_SERVED;
        Refusal.unless(body.opening().isPresent() == served, "a verdict on inputs, and only that, opens the receipt");
        Refusal.unless(
                (body.verdict() == Verdict.AGREE) != body.sealedTag().equals(Hash32.ZERO),
                "agreement, and only that, comes with a sealed tag");
        body.opening().ifPresent(opening -> open(context, duty, opening));
        switch (body.verdict()) {
            case AGREE ->
                Duties.step(
                        context, duty, duty.withSealedTag(body.sealedTag()).to(Phase.ANSWER, Duties.deadline(context)));
            case DIFFER -> differ(context, duty);
            case NOT_SERVED -> notServed(context, duty);
        }
    }

    private static void differ(Context context, Duty duty) {
        context.emit(new LedgerEvent.Differed(duty.id(), duty.executor(), duty.verifier()));
        if (duty.isSecondOpinion()) {
            Duties.close(context, duty, Outcome.DIFFERED);
            DisputeRule.open(context, Duties.get(context, duty.first()));
        } else if (!Duties.secondOpinion(context, duty)) {
            DisputeRule.open(context, duty);
        }
    }

    private static void notServed(Context context, Duty duty) {
        context.emit(new LedgerEvent.NotServed(duty.id(), duty.executor(), duty.verifier()));
        if (duty.isSecondOpinion()) {
            Duties.close(context, duty, Outcome.NOT_SERVED);
            DisputeRule.open(context, Duties.get(context, duty.first()));
        } else if (duty.notServed() + 1 >= NOT_SERVED_LIMIT) {
            Penalties.silence(context, duty, false);
        } else {
            Duties.close(context, duty, Outcome.NOT_SERVED);
            Duties.redraw(context, duty, duty.notServed() + 1);
        }
    }

    /** Checks that the opening is the drawn receipt and one that the ledger may judge; else it proves nothing. */
    private static void open(Context context, Duty duty, ReceiptOpening opening) {
        Batch batch = Duties.batch(context, duty.batch());
        Receipt receipt = opening.receipt();
        Refusal.unless(opening.index() == duty.index(), "another receipt than the one drawn");
        Refusal.unless(
                SumTree.verify(batch.root(), batch.count(), opening.index(), receipt.leaf(), opening.path()),
                "the receipt is not in the batch");
        Assignment assignment = opening.assignment().open(context.network(), Assignment.KIND);
        Refusal.unless(
                opening.assignment().signer().equals(assignment.client()), "the client did not sign the assignment");
        checkReceipt(batch, receipt, assignment);
        checkModel(context, receipt, assignment);
        Tables.RECEIPTS.put(
                context.state(), Keys.of(duty.batch(), duty.index()), new OpenedReceipt(receipt, assignment));
    }

    private static void checkReceipt(Batch batch, Receipt receipt, Assignment assignment) {
        Refusal.unless(receipt.job().equals(assignment.id()), "the receipt is for another assignment");
        Refusal.unless(receipt.stage() < assignment.stages().size(), "the assignment has no such stage");
        NodeId planned = assignment.stages().get(receipt.stage()).executor();
        Refusal.unless(
                planned.equals(batch.executor()) && receipt.executor().equals(planned),
                "the stage was another executor's");
        Refusal.unless(
                receipt.positions() <= assignment.promptTokens() + assignment.maxTokens(),
                "more positions than the assignment allows");
        Refusal.unless(
                receipt.fee().equals(assignment.fee(receipt.stage(), receipt.positions()))
                        && receipt.layerTokens() == assignment.layerTokens(receipt.stage(), receipt.positions()),
                "the fee is not the price of the positions");
        Refusal.unless(receipt.fee().compareTo(batch.largestFee()) <= 0, "the fee is over the batch's largest fee");
        Refusal.unless(
                batch.payment(assignment.escrow())
                        .filter(p -> p.client().equals(assignment.client()))
                        .isPresent(),
                "the batch was not paid from the assignment's escrow");
    }

    private static void checkModel(Context context, Receipt receipt, Assignment assignment) {
        ModelManifest model = context.rules()
                .model(assignment.manifest())
                .orElseThrow(() -> new Refusal("no approved model " + assignment.manifest()));
        Refusal.unless(
                assignment.arithmeticVersion() == model.arithmeticVersion()
                        && assignment.stages().getLast().layers().to()
                                == model.shape().layers(),
                "the assignment does not fit the model");
        int most = DisputeLimits.maxPositions(model.shape());
        Refusal.unless(receipt.positions() <= most, "a receipt of over " + most + " positions cannot be disputed");
    }
}
