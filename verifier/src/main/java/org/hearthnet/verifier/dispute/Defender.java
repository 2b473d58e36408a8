package org.hearthnet.verifier.dispute;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hearthnet.genesis.crypto.MerkleTree;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.DisputeMove;
import org.hearthnet.genesis.proof.DisputeParty;
import org.hearthnet.genesis.proof.DisputeState;
import org.hearthnet.genesis.proof.HeadOpening;
import org.hearthnet.genesis.proof.LayerInput;
import org.hearthnet.genesis.proof.OperationVectors;
import org.hearthnet.genesis.spec.ModelManifest.Shape;
import org.hearthnet.verifier.check.InputRoots;
import org.hearthnet.verifier.check.StageInputs;

/** The executor's side: shows what it computed. */
public final class Defender {
    private final Shape shape;
    private final StageTrace trace;
    private final LayerRoots roots;

    /**
     * A defender.
     *
     * @param trace of the execution that made the disputed receipt
     */
    public Defender(Shape shape, StageTrace trace) {
        this.shape = shape;
        this.trace = trace;
        this.roots = new LayerRoots(trace);
    }

    /** The move that is due, or nothing if it is not the executor's turn. */
    public Optional<DisputeMove> next(DisputeState state) {
        if (state.phase().party() != DisputeParty.EXECUTOR) {
            return Optional.empty();
        }
        return Optional.of(
                switch (state.phase()) {
                    case SHOW_LAYERS -> showLayers();
                    case SHOW_POSITIONS -> new DisputeMove.ShowPositions(roots.leaves(state.layer()));
                    case SHOW_OPERATIONS -> showOperations(state.layer(), state.position());
                    case SHOW_VECTOR -> showVector(state);
                    case PICK_LAYER, PICK_POSITION, PICK_OPERATION, PROVE ->
                        throw new IllegalStateException("not a move of the executor");
                });
    }

    private DisputeMove showLayers() {
        StageInputs inputs = trace.inputs();
        List<Hash32> layers = IntStream.range(
                        inputs.span().from(), inputs.span().to() - 1)
                .mapToObj(roots::root)
                .toList();
        Optional<HeadOpening> head = inputs.isLast()
                ? Optional.of(new HeadOpening(inputs.salt().orElseThrow(), roots.tokens(), roots.logits()))
                : Optional.empty();
        return new DisputeMove.ShowLayers(layers, roots.last(), head);
    }

    private DisputeMove showOperations(int layer, int position) {
        List<Hash32> shown = OperationVectors.of(shape, layer).stream()
                .map(o -> OperationVectors.root(o, shape, position, trace.vector(o, layer, position)))
                .toList();
        return new DisputeMove.ShowOperations(input(layer, position), shown);
    }

    private LayerInput input(int layer, int position) {
        StageInputs inputs = trace.inputs();
        if (layer == shape.layers()) {
            return new LayerInput.Shown();
        }
        if (layer > inputs.span().from()) {
            return new LayerInput.Previous(
                    trace.leaf(layer - 1, position), MerkleTree.path(roots.hashes(layer - 1), position));
        }
        List<Hash32> path = MerkleTree.path(InputRoots.leaves(inputs, shape.hidden()), position);
        return layer == 0
                ? new LayerInput.Token(inputs.tokens()[position], path)
                : new LayerInput.Boundary(InputRoots.residual(inputs, shape.hidden(), position), path);
    }

    private DisputeMove showVector(DisputeState state) {
        byte[] vector = trace.vector(state.operation().orElseThrow(), state.layer(), state.position());
        return new DisputeMove.ShowVector(Bytes.of(vector));
    }
}
