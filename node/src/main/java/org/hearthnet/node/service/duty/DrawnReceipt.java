package org.hearthnet.node.service.duty;

import java.util.Optional;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.crypto.SumTree;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.ReceiptOpening;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.verifier.check.SeamCheck;

/**
 * The receipt that a duty is about, opened and checked as the ledger will check it: an opening that the ledger refuses
 * would leave the verifier without a verdict to post.
 *
 * @param opening the opening
 * @param assignment the job
 */
record DrawnReceipt(ReceiptOpening opening, Assignment assignment) {
    Receipt receipt() {
        return opening.receipt();
    }

    /**
     * Checks an opening from outside.
     *
     * @param batch the batch that the ledger drew from
     * @throws UnservedException if it is not the drawn receipt, or one that cannot be judged
     */
    static DrawnReceipt of(Hash32 network, ModelManifest manifest, Duty duty, Batch batch, ReceiptOpening opening)
            throws UnservedException {
        require(
                opening.index() == duty.index()
                        && SumTree.verify(
                                batch.root(),
                                batch.count(),
                                opening.index(),
                                opening.receipt().leaf(),
                                opening.path()),
                "another receipt than the drawn one");
        Assignment assignment = assignment(network, opening);
        checkReceipt(batch, opening.receipt(), assignment);
        require(
                assignment.manifest().equals(manifest.id())
                        && assignment.arithmeticVersion() == manifest.arithmeticVersion()
                        && assignment.stages().getLast().layers().to()
                                == manifest.shape().layers(),
                "a job of another model");
        Optional<String> seam = SeamCheck.problem(network, assignment, opening.receipt());
        require(seam.isEmpty(), seam.orElse(""));
        return new DrawnReceipt(opening, assignment);
    }

    private static Assignment assignment(Hash32 network, ReceiptOpening opening) throws UnservedException {
        try {
            Assignment assignment = opening.assignment().open(network, Assignment.KIND);
            require(opening.assignment().signer().equals(assignment.client()), "the client did not sign the job");
            return assignment;
        } catch (CodecException | IllegalArgumentException | ArithmeticException e) {
            throw UnservedException.forNow("an assignment that is not valid: " + e.getMessage());
        }
    }

    private static void checkReceipt(Batch batch, Receipt receipt, Assignment assignment) throws UnservedException {
        require(
                receipt.job().equals(assignment.id())
                        && receipt.stage() < assignment.stages().size()
                        && receipt.executor().equals(batch.executor())
                        && assignment.stages().get(receipt.stage()).executor().equals(batch.executor()),
                "a receipt of another job or stage");
        require(
                receipt.positions() <= assignment.promptTokens() + assignment.maxTokens()
                        && isPriced(receipt, assignment),
                "a fee that is not the price");
        require(receipt.fee().compareTo(batch.largestFee()) <= 0, "a fee over the batch's largest");
        require(
                batch.payment(assignment.escrow())
                        .filter(p -> p.client().equals(assignment.client()))
                        .isPresent(),
                "a job that the batch was not paid for");
    }

    private static boolean isPriced(Receipt receipt, Assignment assignment) {
        try {
            return receipt.fee().equals(assignment.fee(receipt.stage(), receipt.positions()))
                    && receipt.layerTokens() == assignment.layerTokens(receipt.stage(), receipt.positions());
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private static void require(boolean condition, String what) throws UnservedException {
        if (!condition) {
            throw UnservedException.forNow("served " + what);
        }
    }
}
