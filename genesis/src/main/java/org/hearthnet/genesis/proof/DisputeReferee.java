package org.hearthnet.genesis.proof;

import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.proof.DisputeOutcome.Continues;
import org.hearthnet.genesis.proof.DisputeOutcome.Decided;
import org.hearthnet.genesis.proof.DisputeOutcome.Refused;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.spec.ModelManifest;

/**
 * Settles a dispute about a receipt by a search over the executor's own commitments, down to one element of one
 * operation, which it recomputes. Pure; no model needed; nobody's word is taken.
 *
 * <p>Why a wrong receipt is always found: what a stage puts out is the composition of the operations in {@link
 * OperationKind}, over inputs that the receipt's input root fixes and weights that the manifest fixes. Every result of an
 * operation is an operand of a later one or is in the receipt, and the executor opens each operand to the commitment of the
 * result that it came from. So if the receipt is not what honest execution gives, then in the order of (layer, position,
 * operation) there is a first shown result that is not the true one, all its operands are true, and there the executor's
 * claim contradicts the arithmetic; a difference outside any operation cannot be shown, because there is nothing between the
 * operations. Why an honest executor cannot lose: all it shows is true, so every element recomputes to what it claimed.
 *
 * <p>An executor that cannot open its own receipt has its moves refused until its time is over and so loses as silent.
 * Poison (a canonical result that is NaN, infinite or too large) ends a job without a receipt, so an executor whose receipt
 * covers such an operation is wrong.
 */
public final class DisputeReferee {
    private DisputeReferee() {}

    /**
     * Opens a dispute.
     *
     * @throws IllegalArgumentException if the receipt does not belong to the assignment, or covers more positions than can
     *     be disputed ({@link DisputeLimits#MAX_POSITIONS})
     */
    public static DisputeState open(Assignment assignment, Receipt receipt) {
        if (!receipt.job().equals(assignment.id())
                || receipt.stage() >= assignment.stages().size()
                || !receipt.executor()
                        .equals(assignment.stages().get(receipt.stage()).executor())) {
            throw new IllegalArgumentException("the receipt is not one of this assignment");
        }
        if (receipt.positions() > DisputeLimits.MAX_POSITIONS) {
            throw new IllegalArgumentException("a receipt of " + receipt.positions() + " positions, a dispute takes "
                    + DisputeLimits.MAX_POSITIONS + " at most");
        }
        return DisputeState.of(assignment, receipt);
    }

    /** Whose turn it is. */
    public static DisputeParty turn(DisputeState state) {
        return state.phase().party();
    }

    /**
     * Applies a move of whoever has the turn.
     *
     * @param manifest the model that the assignment names
     */
    public static DisputeOutcome apply(DisputeState state, ModelManifest manifest, DisputeMove move) {
        try {
            RefusalException.unless(
                    move.phase() == state.phase(), "the dispute waits for " + state.phase() + ", not " + move.phase());
            RefusalException.unless(
                    state.assignment().manifest().equals(manifest.id()), "another model than the assignment's");
            RefusalException.unless(
                    DisputeMove.KIND.codec().encode(move).length <= DisputeLimits.MAX_MOVE_BYTES,
                    "a move is at most " + DisputeLimits.MAX_MOVE_BYTES + " bytes");
            return checked(state, manifest, move);
        } catch (RefusalException e) {
            return new Refused(String.valueOf(e.getMessage()));
        }
    }

    private static DisputeOutcome checked(DisputeState state, ModelManifest manifest, DisputeMove move)
            throws RefusalException {
        return switch (move) {
            case DisputeMove.ShowLayers show -> {
                OpeningCheck.layers(state, manifest.shape(), show);
                yield new Continues(state.with(show));
            }
            case DisputeMove.PickLayer pick -> {
                PickCheck.layer(state, pick);
                yield new Continues(state.with(pick));
            }
            case DisputeMove.ShowPositions show -> {
                OpeningCheck.positions(state, show);
                yield new Continues(state.with(show));
            }
            case DisputeMove.PickPosition pick -> {
                PickCheck.position(state, pick);
                yield new Continues(state.with(pick));
            }
            case DisputeMove.ShowOperations show -> {
                OperationsCheck.operations(state, manifest.shape(), show);
                yield new Continues(state.with(show));
            }
            case DisputeMove.PickOperation pick -> {
                PickCheck.operation(state, manifest.shape(), pick);
                yield new Continues(state.with(pick));
            }
            case DisputeMove.ShowVector show -> {
                OperationsCheck.vector(state, manifest.shape(), show);
                yield new Continues(state.with(show));
            }
            case DisputeMove.Prove prove -> decide(state, manifest, prove.evidence());
        };
    }

    private static DisputeOutcome decide(DisputeState state, ModelManifest manifest, OperationEvidence evidence)
            throws RefusalException {
        OperationKind operation = state.operation().orElseThrow();
        boolean wrong = new EvidenceCheck(state, manifest).contradicts(operation, evidence);
        String name = operation + "[" + evidence.element() + "]";
        return new Decided(new DisputeDecision(wrong, state.layer(), state.position(), name));
    }
}
