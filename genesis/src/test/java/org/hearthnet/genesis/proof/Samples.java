package org.hearthnet.genesis.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;

/** One value of every move and every kind of evidence. */
final class Samples {
    private Samples() {}

    private static Hash32 hash(int n) {
        return new Hash32(n, n + 1, n + 2, n + 3);
    }

    private static LayerLeaf leaf(int n) {
        return new LayerLeaf(hash(n), hash(n + 10), hash(n + 20));
    }

    private static Bytes bytes(String hex) {
        return Bytes.fromHex(hex);
    }

    private static VectorSlice slice(int n) {
        return new VectorSlice(bytes("0001"), List.of(hash(n)));
    }

    private static WeightOpening row() {
        return new WeightOpening(bytes("aabbcc"), List.of(hash(5), hash(6)));
    }

    /** By name. */
    static Map<String, DisputeMove> moves() {
        Map<String, DisputeMove> out = new LinkedHashMap<>();
        var last = List.of(new LastLayerLeaf(leaf(1), hash(9)));
        var head = new HeadOpening(
                hash(2), List.of(new HeadOpening.ShownToken(7), new HeadOpening.ShownToken(8)), List.of(hash(3)));
        out.put("ShowLayers.last", new DisputeMove.ShowLayers(List.of(hash(4)), last, Optional.of(head)));
        out.put("ShowLayers.middle", new DisputeMove.ShowLayers(List.of(), last, Optional.empty()));
        out.put("PickLayer", new DisputeMove.PickLayer(3));
        out.put("ShowPositions", new DisputeMove.ShowPositions(List.of(leaf(1), leaf(2))));
        out.put("PickPosition", new DisputeMove.PickPosition(258));
        int n = 0;
        List<LayerInput> inputs = new ArrayList<>();
        inputs.add(new LayerInput.Token(11, List.of(hash(1))));
        inputs.add(new LayerInput.Boundary(hash(1), List.of()));
        inputs.add(new LayerInput.Previous(leaf(1), List.of(hash(8))));
        inputs.add(new LayerInput.Shown());
        for (LayerInput input : inputs) {
            out.put("ShowOperations." + n++, new DisputeMove.ShowOperations(input, List.of(hash(n), hash(n + 1))));
        }
        out.put("PickOperation", new DisputeMove.PickOperation(OperationKind.ATTN_MIX));
        out.put("ShowVector", new DisputeMove.ShowVector(bytes("0000803f")));
        for (OperationEvidence evidence : evidence()) {
            out.put("Prove." + evidence.getClass().getSimpleName(), new DisputeMove.Prove(evidence));
        }
        return out;
    }

    private static List<OperationEvidence> evidence() {
        return List.of(
                new OperationEvidence.Embedding(1, row()),
                new OperationEvidence.Norm(2, bytes("01020304"), row()),
                new OperationEvidence.Projection(3, bytes("01020304"), row()),
                new OperationEvidence.Conversion(4, bytes("01020304")),
                new OperationEvidence.Elementwise(5, bytes("01"), bytes("0203")),
                new OperationEvidence.Score(6, bytes("01020304"), slice(1)),
                new OperationEvidence.Softmax(7, slice(2)),
                new OperationEvidence.Mix(8, slice(3), List.of(slice(4), slice(5))),
                new OperationEvidence.Draw(bytes("01020304")));
    }
}
