package org.hearthnet.verifier.check;

import java.util.Arrays;
import java.util.Optional;
import org.hearthnet.genesis.arithmetic.Poison;
import org.hearthnet.genesis.crypto.MerkleTree;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.proof.DisputeLimits;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.genesis.spec.ModelManifest.Shape;

/**
 * Whether served inputs are those of the receipt, and the receipt is one that may be paid for. What fails here is not worth
 * executing: whoever made the receipt did not, or cannot, serve what it signed.
 */
public final class InputCheck {
    private final ModelManifest manifest;
    private final Shape shape;
    private final StageInputs inputs;
    private final Assignment assignment;
    private final Receipt receipt;

    private InputCheck(ModelManifest manifest, StageInputs inputs) {
        this.manifest = manifest;
        this.shape = manifest.shape();
        this.inputs = inputs;
        this.assignment = inputs.assignment();
        this.receipt = inputs.receipt();
    }

    /** What is wrong with {@code inputs}, if anything is. */
    public static Optional<String> problem(ModelManifest manifest, StageInputs inputs) {
        InputCheck check = new InputCheck(manifest, inputs);
        return check.assignment()
                .or(check::price)
                .or(check::positions)
                .or(check::tokens)
                .or(check::activations)
                .or(check::root);
    }

    private Optional<String> assignment() {
        if (!receipt.job().equals(assignment.id())
                || receipt.stage() >= assignment.stages().size()
                || !receipt.executor()
                        .equals(assignment.stages().get(receipt.stage()).executor())) {
            return Optional.of("the receipt is not one of this assignment");
        }
        if (!assignment.manifest().equals(manifest.id())
                || assignment.arithmeticVersion() != manifest.arithmeticVersion()
                || assignment.stages().getLast().layers().to() != shape.layers()) {
            return Optional.of("the assignment is for another model");
        }
        return Optional.empty();
    }

    private Optional<String> price() {
        try {
            boolean priced = receipt.fee().equals(assignment.fee(receipt.stage(), receipt.positions()))
                    && receipt.layerTokens() == assignment.layerTokens(receipt.stage(), receipt.positions());
            return priced ? Optional.empty() : Optional.of("fee and layer-tokens are not those of the assignment");
        } catch (ArithmeticException e) {
            return Optional.of("the assignment's price overflows");
        }
    }

    private Optional<String> positions() {
        int most = Math.min(shape.context(), DisputeLimits.maxPositions(shape));
        // The last token is drawn, never executed.
        most = Math.min(most, assignment.promptTokens() + assignment.maxTokens() - 1);
        return receipt.positions() > most
                ? Optional.of(receipt.positions() + " positions, " + most + " at most may be paid for")
                : Optional.empty();
    }

    private Optional<String> tokens() {
        if (!inputs.isFirst() && !inputs.isLast()) {
            return inputs.tokens().length == 0 && inputs.salt().isEmpty()
                    ? Optional.empty()
                    : Optional.of("a stage between others sees no tokens");
        }
        int prompt = assignment.promptTokens();
        int count = inputs.isFirst() ? StageInputs.firstStageTokens(prompt, receipt.positions()) : prompt;
        int[] tokens = inputs.tokens();
        if (tokens.length != count || Arrays.stream(tokens).anyMatch(t -> t < 0 || t >= shape.vocabulary())) {
            return Optional.of("not " + count + " tokens of the model");
        }
        if (inputs.salt().isEmpty()
                || !Commitments.prompt(inputs.salt().get(), Arrays.copyOf(tokens, prompt))
                        .equals(assignment.promptCommitment())) {
            return Optional.of("the prompt is not the one that the client committed to");
        }
        return Arrays.stream(tokens, prompt, count).anyMatch(shape::ends)
                ? Optional.of("positions after the end of the answer are not paid for")
                : Optional.empty();
    }

    private Optional<String> activations() {
        int expected = inputs.isFirst() ? 0 : Math.multiplyExact(receipt.positions(), shape.hidden());
        if (inputs.activations().length != expected) {
            return Optional.of("not " + expected + " activations");
        }
        for (float value : inputs.activations()) {
            if (!Poison.isSound(value)) {
                return Optional.of("an activation is " + value);
            }
        }
        return Optional.empty();
    }

    private Optional<String> root() {
        return MerkleTree.root(InputRoots.leaves(inputs, shape.hidden())).equals(receipt.inputRoot())
                ? Optional.empty()
                : Optional.of("the inputs do not fit the receipt's input root");
    }
}
