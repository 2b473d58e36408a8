package org.hearthnet.genesis.proof;

import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ModelManifest.Shape;

/** The vector roots that the executor has shown at the picked (layer, position). */
record ShownRoots(DisputeState state, Shape shape) {
    /** The root of the result of {@code operation}, which belongs to the picked layer. */
    Hash32 of(OperationKind operation) {
        int index = OperationVectors.of(shape, state.layer()).indexOf(operation);
        return state.operations().orElseThrow().roots().get(index);
    }

    /** The root of the residual stream that enters the layer. */
    Hash32 input() {
        return switch (state.operations().orElseThrow().input()) {
            case LayerInput.Token token -> of(OperationKind.EMBED);
            case LayerInput.Boundary boundary -> boundary.residual();
            case LayerInput.Previous previous -> previous.leaf().residual();
            case LayerInput.Shown shown ->
                state.lastLeaves().get(state.position()).leaf().residual();
        };
    }
}
