package org.hearthnet.verifier.dispute;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.DisputeMove;
import org.hearthnet.genesis.proof.DisputeParty;
import org.hearthnet.genesis.proof.DisputeState;
import org.hearthnet.genesis.proof.HeadOpening;
import org.hearthnet.genesis.proof.OperationVectors;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.genesis.spec.ModelManifest.Shape;

/** The finder's side: follows the first difference between what is shown and an honest trace, down to one element. */
public final class Challenger {
    private final Shape shape;
    private final StageTrace trace;
    private final LayerRoots roots;
    private final EvidenceBuilder evidence;

    /**
     * A challenger.
     *
     * @param trace of an honest execution over the inputs that the receipt commits to
     * @param weights rows of the model's weights
     */
    public Challenger(ModelManifest manifest, StageTrace trace, WeightSource weights) {
        this.shape = manifest.shape();
        this.trace = trace;
        this.roots = new LayerRoots(trace);
        this.evidence = new EvidenceBuilder(manifest, trace, weights);
    }

    /**
     * The move that is due; nothing if it is not the challenger's turn, or if there is no difference left to follow, which
     * cannot be if the receipt's roots differ from the trace's.
     */
    public Optional<DisputeMove> next(DisputeState state) {
        if (state.phase().party() != DisputeParty.CHALLENGER) {
            return Optional.empty();
        }
        return switch (state.phase()) {
            case PICK_LAYER -> optional(layer(state)).map(DisputeMove.PickLayer::new);
            case PICK_POSITION -> optional(position(state)).map(DisputeMove.PickPosition::new);
            case PICK_OPERATION -> operation(state).map(DisputeMove.PickOperation::new);
            case PROVE -> element(state).map(i -> new DisputeMove.Prove(evidence.of(state, i)));
            case SHOW_LAYERS, SHOW_POSITIONS, SHOW_OPERATIONS, SHOW_VECTOR ->
                throw new IllegalStateException("not a move of the challenger");
        };
    }

    private static Optional<Integer> optional(OptionalInt value) {
        return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
    }

    private OptionalInt layer(DisputeState state) {
        int from = state.span().from();
        int last = state.span().to() - 1;
        DisputeMove.ShowLayers shown = state.layers().orElseThrow();
        OptionalInt inner = IntStream.range(from, last)
                .filter(l -> !roots.root(l).equals(shown.layers().get(l - from)))
                .findFirst();
        if (inner.isPresent()) {
            return inner;
        }
        if (!roots.last().equals(shown.last())) {
            return OptionalInt.of(last);
        }
        return headPosition(state).isPresent() ? OptionalInt.of(last + 1) : OptionalInt.empty();
    }

    private OptionalInt headPosition(DisputeState state) {
        if (!state.isLastStage()) {
            return OptionalInt.empty();
        }
        HeadOpening shown = state.layers().orElseThrow().head().orElseThrow();
        List<Hash32> logits = roots.logits();
        int first = state.firstDraw();
        return IntStream.range(0, logits.size())
                .filter(i -> !logits.get(i).equals(shown.logits().get(i))
                        || trace.tokens()[first + i + 1]
                                != shown.tokens().get(first + i + 1).id())
                .map(i -> first + i)
                .findFirst();
    }

    private OptionalInt position(DisputeState state) {
        if (state.isHead()) {
            return headPosition(state);
        }
        List<?> mine = roots.leaves(state.layer());
        List<?> shown;
        if (state.layer() == state.span().to() - 1) {
            mine = roots.last();
            shown = state.layers().orElseThrow().last();
        } else {
            shown = state.positions().orElseThrow().leaves();
        }
        return firstDifference(mine, shown);
    }

    private static OptionalInt firstDifference(List<?> mine, List<?> shown) {
        return IntStream.range(0, mine.size())
                .filter(p -> !mine.get(p).equals(shown.get(p)))
                .findFirst();
    }

    private Optional<OperationKind> operation(DisputeState state) {
        List<OperationKind> order = OperationVectors.of(shape, state.layer());
        List<Hash32> shown = state.operations().orElseThrow().roots();
        for (int i = 0; i < order.size(); i++) {
            byte[] mine = trace.vector(order.get(i), state.layer(), state.position());
            if (!OperationVectors.root(order.get(i), shape, state.position(), mine)
                    .equals(shown.get(i))) {
                return Optional.of(order.get(i));
            }
        }
        return state.isHead() ? Optional.of(OperationKind.SAMPLE) : Optional.empty();
    }

    private Optional<Integer> element(DisputeState state) {
        OperationKind operation = state.operation().orElseThrow();
        if (operation == OperationKind.SAMPLE) {
            return Optional.of(0);
        }
        byte[] mine = trace.vector(operation, state.layer(), state.position());
        byte[] shown = state.vector().orElseThrow().vector().toArray();
        int at = java.util.Arrays.mismatch(mine, shown);
        return at < 0 ? Optional.empty() : Optional.of(at / OperationVectors.elementBytes(operation));
    }
}
