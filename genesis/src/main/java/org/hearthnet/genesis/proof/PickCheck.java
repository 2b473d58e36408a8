package org.hearthnet.genesis.proof;

import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.spec.ModelManifest.Shape;

/** Whether the challenger picked something that exists. */
final class PickCheck {
    private PickCheck() {}

    static void layer(DisputeState state, DisputeMove.PickLayer pick) throws RefusalException {
        int end = state.isLastStage() && !state.head().logits().isEmpty()
                ? state.span().to() + 1
                : state.span().to();
        RefusalException.unless(
                pick.layer() >= state.span().from() && pick.layer() < end,
                "layer " + pick.layer() + " is not in " + state.span().from() + ".." + (end - 1));
    }

    static void position(DisputeState state, DisputeMove.PickPosition pick) throws RefusalException {
        int first = state.isHead() ? state.firstDraw() : 0;
        RefusalException.unless(
                pick.position() >= first && pick.position() < state.receipt().positions(),
                "position " + pick.position() + " is not in " + first + ".."
                        + (state.receipt().positions() - 1));
    }

    static void operation(DisputeState state, Shape shape, DisputeMove.PickOperation pick) throws RefusalException {
        OperationKind operation = pick.operation();
        boolean shown = OperationVectors.of(shape, state.layer()).contains(operation)
                || (state.isHead() && operation == OperationKind.SAMPLE);
        RefusalException.unless(shown, operation + " is no operation of layer " + state.layer());
    }
}
