package org.hearthnet.node.pipeline.stage;

import java.util.Optional;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.Stage;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.node.pipeline.LedgerPort.Claimable;
import org.hearthnet.node.pipeline.LedgerPort.EscrowTerms;
import org.hearthnet.node.pipeline.plan.JobLimits;
import org.hearthnet.node.pipeline.wire.ClientMessage;

/** Whether an executor may accept what a client asks of it. Pure. */
final class OpenCheck {
    private OpenCheck() {}

    /**
     * This executor's side.
     *
     * @param self its account
     * @param manifest its model
     * @param held its layers
     * @param terms its terms
     */
    record Facts(NodeId self, ModelManifest manifest, LayerSpan held, ExecutorTerms terms) {}

    /** What is wrong with the assignment itself, if anything is. */
    static Optional<String> assignment(Facts facts, ClientMessage.Open open, Assignment assignment, NodeId caller) {
        if (!assignment.client().equals(caller) || !open.assignment().signer().equals(caller)) {
            return Optional.of("the assignment is not the caller's");
        }
        if (open.stage() < 0 || open.stage() >= assignment.stages().size()) {
            return Optional.of("the assignment has no stage " + open.stage());
        }
        if (assignment.stages().stream()
                        .filter(s -> s.executor().equals(facts.self()))
                        .count()
                != 1) {
            return Optional.of("this node is not in the assignment exactly once");
        }
        if (!assignment.stages().get(open.stage()).executor().equals(facts.self())) {
            return Optional.of("stage " + open.stage() + " is somebody else's");
        }
        return model(facts, assignment)
                .or(() -> stage(facts, assignment.stages().get(open.stage())))
                .or(() -> length(facts, assignment))
                .or(() -> prompt(facts, open, assignment));
    }

    private static Optional<String> model(Facts facts, Assignment assignment) {
        ModelManifest manifest = facts.manifest();
        if (!assignment.manifest().equals(manifest.id())) {
            return Optional.of("this node runs another model");
        }
        if (assignment.arithmeticVersion() != manifest.arithmeticVersion()) {
            return Optional.of("this node computes by version " + manifest.arithmeticVersion() + " of the arithmetic");
        }
        return assignment.stages().getLast().layers().to() == manifest.shape().layers()
                ? Optional.empty()
                : Optional.of("the stages do not cover the model's "
                        + manifest.shape().layers() + " layers");
    }

    private static Optional<String> stage(Facts facts, Stage stage) {
        if (!facts.held().contains(stage.layers())) {
            return Optional.of("this node holds layers " + facts.held());
        }
        return stage.price() < facts.terms().price()
                ? Optional.of("the price is " + facts.terms().price() + " sparks for a layer of a token")
                : Optional.empty();
    }

    private static Optional<String> length(Facts facts, Assignment assignment) {
        int most = Math.min(
                JobLimits.maxPositions(facts.manifest().shape()), facts.terms().maxPositions());
        int asked = assignment.promptTokens() + assignment.maxTokens();
        return asked > most
                ? Optional.of("a job of " + asked + " positions, at most " + most + " are possible")
                : Optional.empty();
    }

    private static Optional<String> prompt(Facts facts, ClientMessage.Open open, Assignment assignment) {
        boolean needed = open.stage() == 0 || assignment.isLast(open.stage());
        if (open.prompt().isPresent() != needed) {
            return Optional.of(needed ? "the prompt is missing" : "a stage between others gets no prompt");
        }
        return needed
                        && !open.prompt()
                                .get()
                                .fits(assignment, facts.manifest().shape().vocabulary())
                ? Optional.of("the prompt does not fit the assignment's commitment")
                : Optional.empty();
    }

    /** What is wrong with the payment, if anything is. */
    static Optional<String> payment(
            Facts facts, Assignment assignment, int stage, EscrowTerms escrow, long height, Amount exposureCap) {
        if (!escrow.owner().equals(assignment.client())) {
            return Optional.of("the escrow is somebody else's");
        }
        if (height >= escrow.expiryHeight()) {
            return Optional.of("the escrow has expired");
        }
        Optional<Claimable> share = escrow.of(facts.self());
        if (share.isEmpty() || share.get().cap().isZero()) {
            return Optional.of("the escrow has no cap for this node");
        }
        try {
            Amount fee = assignment.fee(stage, assignment.promptTokens() + assignment.maxTokens() - 1);
            return fee.compareTo(exposureCap) > 0
                    ? Optional.of("the fee may reach " + fee + ", this node may take " + exposureCap + " at once")
                    : Optional.empty();
        } catch (ArithmeticException e) {
            return Optional.of("the price overflows");
        }
    }
}
