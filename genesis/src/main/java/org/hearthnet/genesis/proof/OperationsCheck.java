package org.hearthnet.genesis.proof;

import java.util.List;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.crypto.MerkleTree;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.LayerInput.Boundary;
import org.hearthnet.genesis.proof.LayerInput.Previous;
import org.hearthnet.genesis.proof.LayerInput.Shown;
import org.hearthnet.genesis.proof.LayerInput.Token;
import org.hearthnet.genesis.spec.ModelManifest.Shape;

/** Whether the operations that the executor shows at a (layer, position) begin and end in what it committed to. */
final class OperationsCheck {
    private OperationsCheck() {}

    static void operations(DisputeState state, Shape shape, DisputeMove.ShowOperations show) throws RefusalException {
        List<OperationKind> order = OperationVectors.of(shape, state.layer());
        RefusalException.unless(show.roots().size() == order.size(), "one root for every operation");
        input(state, shape, show.input());
        if (state.isHead()) {
            Hash32 logits = state.head().logits().get(state.position() - state.firstDraw());
            requireRoot(order, show, OperationKind.LOGITS, logits);
            return;
        }
        LayerLeaf leaf = state.leaf(state.position());
        requireRoot(order, show, OperationKind.K_CACHE, leaf.key());
        requireRoot(order, show, OperationKind.V_CACHE, leaf.value());
        requireRoot(order, show, OperationKind.RESIDUAL_OUT, leaf.residual());
        if (state.layer() == state.span().to() - 1) {
            Hash32 middle = state.lastLeaves().get(state.position()).middle();
            requireRoot(order, show, OperationKind.RESIDUAL_MID, middle);
        }
    }

    private static void requireRoot(
            List<OperationKind> order, DisputeMove.ShowOperations show, OperationKind operation, Hash32 root)
            throws RefusalException {
        RefusalException.unless(
                show.roots().get(order.indexOf(operation)).equals(root), operation + " is not what was shown before");
    }

    private static void input(DisputeState state, Shape shape, LayerInput input) throws RefusalException {
        boolean first = state.layer() == state.span().from();
        boolean fits = switch (input) {
            case Token token -> state.layer() == 0 && token(state, shape, token);
            case Boundary boundary -> first && state.layer() > 0 && boundary(state, boundary);
            case Previous previous -> !first && !state.isHead() && previous(state, previous);
            case Shown shown -> state.isHead();
        };
        RefusalException.unless(fits, "the layer's input does not fit what was committed to");
    }

    private static boolean token(DisputeState state, Shape shape, Token token) {
        return token.token() >= 0
                && token.token() < shape.vocabulary()
                && opens(
                        state,
                        state.receipt().inputRoot(),
                        Commitments.token(state.position(), token.token()),
                        token.path());
    }

    private static boolean boundary(DisputeState state, Boundary boundary) {
        Hash32 leaf = Commitments.boundary(state.position(), boundary.residual());
        return opens(state, state.receipt().inputRoot(), leaf, boundary.path());
    }

    private static boolean previous(DisputeState state, Previous previous) {
        int before = state.layer() - 1;
        Hash32 root =
                state.layers().orElseThrow().layers().get(before - state.span().from());
        return opens(state, root, previous.leaf().hash(before, state.position()), previous.path());
    }

    private static boolean opens(DisputeState state, Hash32 root, Hash32 leaf, List<Hash32> path) {
        return MerkleTree.verify(root, state.receipt().positions(), state.position(), leaf, path);
    }

    static void vector(DisputeState state, Shape shape, DisputeMove.ShowVector show) throws RefusalException {
        OperationKind operation = state.operation().orElseThrow();
        RefusalException.unless(
                show.vector().length() == OperationVectors.bytes(operation, shape, state.position()),
                "the vector has another length");
        Hash32 root = OperationVectors.root(
                operation, shape, state.position(), show.vector().unsafeArray());
        RefusalException.unless(
                root.equals(new ShownRoots(state, shape).of(operation)), "the vector does not fit its shown root");
    }
}
