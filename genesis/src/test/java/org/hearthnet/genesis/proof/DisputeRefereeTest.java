package org.hearthnet.genesis.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.arithmetic.Elementwise;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ModelManifest;
import org.junit.jupiter.api.Test;

/** Each reason for which the referee refuses a move, and its decisions on given evidence. */
class DisputeRefereeTest {
    private final SyntheticDispute game = new SyntheticDispute(7);

    private DisputeState accept(DisputeState state, DisputeMove move) {
        return assertInstanceOf(
                        DisputeOutcome.Continues.class,
                        DisputeReferee.apply(state, game.manifest, move),
                        () -> String.valueOf(DisputeReferee.apply(state, game.manifest, move)))
                .state();
    }

    private void refuse(DisputeState state, DisputeMove move, String reason) {
        var refused = assertInstanceOf(DisputeOutcome.Refused.class, DisputeReferee.apply(state, game.manifest, move));
        assertTrue(refused.reason().contains(reason), refused.reason());
    }

    private DisputeDecision decide(DisputeState state, OperationEvidence evidence) {
        return assertInstanceOf(
                        DisputeOutcome.Decided.class,
                        DisputeReferee.apply(state, game.manifest, new DisputeMove.Prove(evidence)))
                .decision();
    }

    private DisputeState layers() {
        return accept(game.open(), game.showLayers());
    }

    private DisputeState at(int layer, int position) {
        DisputeState state = accept(layers(), new DisputeMove.PickLayer(layer));
        if (layer == 1) {
            state = accept(state, new DisputeMove.ShowPositions(game.inner));
        }
        return accept(state, new DisputeMove.PickPosition(position));
    }

    private DisputeState operations(int layer, int position, LayerInput input) {
        return accept(at(layer, position), new DisputeMove.ShowOperations(input, game.roots(layer, position)));
    }

    @Test
    void onlyReceiptsOfTheAssignmentAreDisputed() {
        NodeId executor = game.assignment.stages().get(1).executor();
        assertThrows(
                IllegalArgumentException.class,
                () -> DisputeReferee.open(game.assignment, game.receipt(0, executor, 3)));
        assertThrows(
                IllegalArgumentException.class,
                () -> DisputeReferee.open(game.assignment, game.receipt(2, executor, 3)));
        assertThrows(
                IllegalArgumentException.class,
                () -> DisputeReferee.open(game.assignment, game.receipt(1, executor, DisputeLimits.MAX_POSITIONS + 1)));
        assertEquals(DisputeParty.EXECUTOR, DisputeReferee.turn(game.open()));
    }

    @Test
    void movesOutOfTurnAreRefused() {
        refuse(game.open(), new DisputeMove.PickLayer(1), "waits for SHOW_LAYERS");
        refuse(layers(), game.showLayers(), "waits for PICK_LAYER");
        assertEquals(DisputeParty.CHALLENGER, DisputeReferee.turn(layers()));
        refuse(accept(layers(), new DisputeMove.PickLayer(1)), new DisputeMove.PickPosition(0), "SHOW_POSITIONS");
    }

    @Test
    void anotherModelIsRefused() {
        ModelManifest other = new ModelManifest("other", "llama", 1, game.manifest.shape(), Hash32.ZERO, List.of());
        assertInstanceOf(DisputeOutcome.Refused.class, DisputeReferee.apply(game.open(), other, game.showLayers()));
    }

    @Test
    void movesOverTheLimitAreRefused() {
        DisputeState state =
                accept(operations(2, 1, game.previous(1)), new DisputeMove.PickOperation(OperationKind.ACT));
        int half = DisputeLimits.MAX_MOVE_BYTES / 2;
        accept(state, new DisputeMove.ShowVector(SyntheticDispute.bytes(0, 0, 0, 0)));
        DisputeState proving = accept(state, new DisputeMove.ShowVector(SyntheticDispute.bytes(0, 0, 0, 0)));
        Bytes large = Bytes.owned(new byte[half]);
        refuse(proving, new DisputeMove.Prove(new OperationEvidence.Elementwise(0, large, large)), "at most 880000");
    }

    @Test
    void anExecutorHasToOpenItsReceipt() {
        DisputeState open = game.open();
        DisputeMove.ShowLayers honest = game.showLayers();
        refuse(open, new DisputeMove.ShowLayers(List.of(), honest.last(), honest.head()), "every layer");
        refuse(open, new DisputeMove.ShowLayers(honest.layers(), List.of(), honest.head()), "every position");
        refuse(open, new DisputeMove.ShowLayers(honest.layers(), honest.last(), Optional.empty()), "the last stage's");
        List<LastLayerLeaf> changed = new ArrayList<>(honest.last());
        changed.set(1, new LastLayerLeaf(changed.get(1).leaf(), game.hash()));
        refuse(open, new DisputeMove.ShowLayers(honest.layers(), changed, honest.head()), "trace root");
        head(new int[] {1, 2, 3}, "have 4 tokens");
        head(new int[] {1, 2, 3, 8}, "no such token");
        head(new int[] {1, 2, 3, -1}, "no such token");
        head(new int[] {1, 2, 7, 4}, "after its end");
        head(new int[] {1, 2, 3, 5}, "output root");
        HeadOpening noSalt = new HeadOpening(
                Hash32.ZERO,
                game.head(game.tokens).tokens(),
                game.head(game.tokens).logits());
        refuse(open, new DisputeMove.ShowLayers(honest.layers(), honest.last(), Optional.of(noSalt)), "committed to");
        HeadOpening noLogits = new HeadOpening(game.salt, game.head(game.tokens).tokens(), List.of());
        refuse(open, new DisputeMove.ShowLayers(honest.layers(), honest.last(), Optional.of(noLogits)), "logits root");
    }

    private void head(int[] tokens, String reason) {
        DisputeMove.ShowLayers honest = game.showLayers();
        refuse(
                game.open(),
                new DisputeMove.ShowLayers(honest.layers(), honest.last(), Optional.of(game.head(tokens))),
                reason);
    }

    @Test
    void picksHaveToExist() {
        for (int layer : new int[] {-1, 0, 4, Integer.MAX_VALUE}) {
            refuse(layers(), new DisputeMove.PickLayer(layer), "is not in 1..3");
        }
        DisputeState inner =
                accept(accept(layers(), new DisputeMove.PickLayer(1)), new DisputeMove.ShowPositions(game.inner));
        refuse(inner, new DisputeMove.PickPosition(-1), "is not in 0..2");
        refuse(inner, new DisputeMove.PickPosition(3), "is not in 0..2");
        DisputeState head = accept(layers(), new DisputeMove.PickLayer(3));
        refuse(head, new DisputeMove.PickPosition(0), "is not in 1..2");
        DisputeState operations = operations(2, 1, game.previous(1));
        refuse(operations, new DisputeMove.PickOperation(OperationKind.EMBED), "no operation of layer 2");
        refuse(operations, new DisputeMove.PickOperation(OperationKind.SAMPLE), "no operation of layer 2");
    }

    @Test
    void positionsHaveToFitTheLayer() {
        DisputeState state = accept(layers(), new DisputeMove.PickLayer(1));
        refuse(state, new DisputeMove.ShowPositions(game.inner.subList(0, 2)), "every position");
        List<LayerLeaf> swapped = new ArrayList<>(game.inner);
        java.util.Collections.swap(swapped, 0, 1);
        refuse(state, new DisputeMove.ShowPositions(swapped), "layer's root");
    }

    @Test
    void operationsHaveToBeginAndEndInWhatWasShown() {
        List<Hash32> roots = game.roots(2, 1);
        DisputeState last = at(2, 1);
        refuse(last, new DisputeMove.ShowOperations(game.previous(1), roots.subList(1, 5)), "every operation");
        refuse(last, new DisputeMove.ShowOperations(game.previous(0), roots), "input");
        refuse(last, new DisputeMove.ShowOperations(game.boundary(1), roots), "input");
        refuse(last, new DisputeMove.ShowOperations(new LayerInput.Shown(), roots), "input");
        refuse(last, new DisputeMove.ShowOperations(new LayerInput.Token(1, List.of()), roots), "input");
        refuse(at(1, 1), new DisputeMove.ShowOperations(game.previous(1), game.roots(1, 1)), "input");
        refuse(at(1, 1), new DisputeMove.ShowOperations(game.boundary(2), game.roots(1, 1)), "input");
        List<OperationKind> order = OperationVectors.of(game.manifest.shape(), 2);
        for (OperationKind fixed : List.of(
                OperationKind.K_CACHE, OperationKind.V_CACHE, OperationKind.RESIDUAL_MID, OperationKind.RESIDUAL_OUT)) {
            List<Hash32> changed = new ArrayList<>(roots);
            changed.set(order.indexOf(fixed), game.hash());
            refuse(last, new DisputeMove.ShowOperations(game.previous(1), changed), fixed + " is not what was shown");
        }
        refuse(
                at(3, 1),
                new DisputeMove.ShowOperations(new LayerInput.Shown(), List.of(game.hash(), game.hash())),
                "LOGITS is not what was shown");
    }

    @Test
    void vectorsHaveToFitTheirRoot() {
        DisputeState state =
                accept(operations(1, 2, game.boundary(2)), new DisputeMove.PickOperation(OperationKind.ACT));
        refuse(state, new DisputeMove.ShowVector(SyntheticDispute.bytes(0, 0, 0)), "another length");
        refuse(state, new DisputeMove.ShowVector(SyntheticDispute.bytes(0, 0, 0, 1)), "shown root");
    }

    @Test
    void evidenceHasToBeWhatWasShown() {
        DisputeState state = accept(
                accept(operations(1, 2, game.boundary(2)), new DisputeMove.PickOperation(OperationKind.ACT)),
                new DisputeMove.ShowVector(SyntheticDispute.bytes(0, 0, 0, 0)));
        Bytes gate = SyntheticDispute.bytes(1, 2, 3, 4);
        Bytes up = SyntheticDispute.bytes(5, 6, 7, 8);
        prove(state, new OperationEvidence.Elementwise(4, gate, up), "no such element");
        prove(state, new OperationEvidence.Elementwise(-1, gate, up), "no such element");
        prove(state, new OperationEvidence.Elementwise(1, up, gate), "not committed to");
        prove(state, new OperationEvidence.Elementwise(1, gate, SyntheticDispute.bytes(5, 6, 7)), "another length");
        prove(state, new OperationEvidence.Draw(gate), "kind of evidence");
        prove(state, new OperationEvidence.Conversion(1, gate), "kind of evidence");
        DisputeDecision decision = decide(state, new OperationEvidence.Elementwise(1, gate, up));
        assertTrue(Elementwise.gated(2, 6) != 0);
        assertEquals(new DisputeDecision(true, 1, 2, "ACT[1]"), decision);
    }

    private void prove(DisputeState state, OperationEvidence evidence, String reason) {
        refuse(state, new DisputeMove.Prove(evidence), reason);
    }

    @Test
    void aTokenIsDrawnAgain() {
        // Greedy decoding takes token 4 from the logits; position 1 claims 3, position 2 claims 4.
        for (int position : new int[] {1, 2}) {
            DisputeState state = accept(
                    operations(3, position, new LayerInput.Shown()),
                    new DisputeMove.PickOperation(OperationKind.SAMPLE));
            prove(state, new OperationEvidence.Draw(SyntheticDispute.bytes(0, 1, 2, 3, 4, 5, 6, 7)), "not committed");
            DisputeDecision decision = decide(state, new OperationEvidence.Draw(SyntheticDispute.bytes(game.logits)));
            assertEquals(new DisputeDecision(position == 1, 3, position, "SAMPLE[0]"), decision);
        }
    }

    @Test
    void weightsHaveToBeInTheManifest() {
        DisputeState state =
                accept(operations(3, 1, new LayerInput.Shown()), new DisputeMove.PickOperation(OperationKind.LOGITS));
        DisputeState proving = accept(state, new DisputeMove.ShowVector(SyntheticDispute.bytes(game.logits)));
        Bytes ones = SyntheticDispute.bytes(1, 1, 1, 1);
        WeightOpening two = SyntheticDispute.opening(2);
        prove(proving, new OperationEvidence.Projection(2, SyntheticDispute.bytes(1, 1, 1, 2), two), "not committed");
        prove(proving, new OperationEvidence.Projection(3, ones, two), "not row 3 of output.weight");
        WeightOpening changed = new WeightOpening(SyntheticDispute.bytes(2, 2, 2, 3), two.path());
        prove(proving, new OperationEvidence.Projection(2, ones, changed), "not row 2 of output.weight");
        WeightOpening longer = new WeightOpening(SyntheticDispute.bytes(2, 2, 2, 2, 2), two.path());
        prove(proving, new OperationEvidence.Projection(2, ones, longer), "not the size of a row");
        prove(proving, new OperationEvidence.Norm(2, ones, two), "kind of evidence");
        // Row r times ones is 4 r: the claimed logits have 0 right and 2 wrong.
        assertEquals(
                new DisputeDecision(false, 3, 1, "LOGITS[0]"),
                decide(proving, new OperationEvidence.Projection(0, ones, SyntheticDispute.opening(0))));
        assertEquals(
                new DisputeDecision(true, 3, 1, "LOGITS[2]"),
                decide(proving, new OperationEvidence.Projection(2, ones, two)));
    }

    @Test
    void statesHaveOneEncoding() {
        DisputeState state =
                accept(operations(1, 2, game.boundary(2)), new DisputeMove.PickOperation(OperationKind.ACT));
        byte[] bytes = DisputeState.KIND.codec().encode(state);
        assertEquals(state, DisputeState.KIND.codec().decode(bytes));
    }
}
