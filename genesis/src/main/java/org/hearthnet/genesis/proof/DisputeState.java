package org.hearthnet.genesis.proof;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.crypto.Kind;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.Receipt;

/**
 * A dispute so far: what is disputed, and every accepted move. {@link DisputeReferee} makes these; nobody else needs to.
 *
 * @param assignment the job
 * @param receipt what the executor claims
 * @param layers the receipt opened to layers
 * @param layer the picked layer, the number of layers for the output head; -1 for none yet
 * @param positions the picked layer opened to positions; stays empty for the last layer and the head
 * @param position the picked position, -1 for none yet
 * @param operations roots of the operations there
 * @param operation the picked operation
 * @param vector its claimed result
 */
public record DisputeState(
        Assignment assignment,
        Receipt receipt,
        Optional<DisputeMove.ShowLayers> layers,
        int layer,
        Optional<DisputeMove.ShowPositions> positions,
        int position,
        Optional<DisputeMove.ShowOperations> operations,
        Optional<OperationKind> operation,
        Optional<DisputeMove.ShowVector> vector) {
    /** Domain and encoding. */
    public static final Kind<DisputeState> KIND = Kind.of("hearth/dispute-state/1", DisputeState.class);

    /** A dispute without any move. */
    static DisputeState of(Assignment assignment, Receipt receipt) {
        return new DisputeState(
                assignment,
                receipt,
                Optional.empty(),
                -1,
                Optional.empty(),
                -1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** What the dispute waits for. */
    public DisputePhase phase() {
        if (layers.isEmpty()) {
            return DisputePhase.SHOW_LAYERS;
        }
        if (layer < 0) {
            return DisputePhase.PICK_LAYER;
        }
        if (positions.isEmpty() && layer < span().to() - 1) {
            return DisputePhase.SHOW_POSITIONS;
        }
        if (position < 0) {
            return DisputePhase.PICK_POSITION;
        }
        if (operations.isEmpty()) {
            return DisputePhase.SHOW_OPERATIONS;
        }
        if (operation.isEmpty()) {
            return DisputePhase.PICK_OPERATION;
        }
        return vector.isEmpty() && operation.get() != OperationKind.SAMPLE
                ? DisputePhase.SHOW_VECTOR
                : DisputePhase.PROVE;
    }

    /** The layers of the disputed stage. */
    public LayerSpan span() {
        return assignment.stages().get(receipt.stage()).layers();
    }

    /** Whether the disputed stage draws tokens. */
    public boolean isLastStage() {
        return assignment.isLast(receipt.stage());
    }

    /** Whether the output head was picked. */
    public boolean isHead() {
        return layer == span().to();
    }

    /** First position that draws a token. */
    public int firstDraw() {
        return assignment.promptTokens() - 1;
    }

    /** The leaf of the picked layer (not the head) at {@code at}. */
    LayerLeaf leaf(int at) {
        return positions
                .map(shown -> shown.leaves().get(at))
                .orElseGet(() -> lastLeaves().get(at).leaf());
    }

    /** The leaves of the stage's last layer. */
    List<LastLayerLeaf> lastLeaves() {
        return layers.orElseThrow().last();
    }

    /** The opening of the output head, of a last stage. */
    HeadOpening head() {
        return layers.orElseThrow().head().orElseThrow();
    }

    /** This dispute after the executor has shown the roots of its layers. */
    public DisputeState with(DisputeMove.ShowLayers move) {
        return new DisputeState(
                assignment, receipt, Optional.of(move), layer, positions, position, operations, operation, vector);
    }

    DisputeState with(DisputeMove.PickLayer move) {
        return new DisputeState(
                assignment, receipt, layers, move.layer(), positions, position, operations, operation, vector);
    }

    DisputeState with(DisputeMove.ShowPositions move) {
        return new DisputeState(
                assignment, receipt, layers, layer, Optional.of(move), position, operations, operation, vector);
    }

    DisputeState with(DisputeMove.PickPosition move) {
        return new DisputeState(
                assignment, receipt, layers, layer, positions, move.position(), operations, operation, vector);
    }

    DisputeState with(DisputeMove.ShowOperations move) {
        return new DisputeState(
                assignment, receipt, layers, layer, positions, position, Optional.of(move), operation, vector);
    }

    DisputeState with(DisputeMove.PickOperation move) {
        return new DisputeState(
                assignment,
                receipt,
                layers,
                layer,
                positions,
                position,
                operations,
                Optional.of(move.operation()),
                vector);
    }

    DisputeState with(DisputeMove.ShowVector move) {
        return new DisputeState(
                assignment, receipt, layers, layer, positions, position, operations, operation, Optional.of(move));
    }
}
