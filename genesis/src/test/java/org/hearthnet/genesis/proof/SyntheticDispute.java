package org.hearthnet.genesis.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.crypto.MerkleTree;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.genesis.protocol.Stage;
import org.hearthnet.genesis.spec.ModelManifest;

/**
 * The last stage of a pipeline, layers 1 and 2 of 3, whose vectors are random: the referee checks only what it is shown. The
 * prompt has two tokens, three positions were executed, two tokens drawn.
 */
final class SyntheticDispute {
    static final int POSITIONS = 3;
    static final int PROMPT = 2;
    final ModelManifest manifest;
    final Assignment assignment;
    final Hash32 salt;
    final int[] tokens = {1, 2, 3, 4};
    final List<LayerLeaf> inner = new ArrayList<>();
    final List<LastLayerLeaf> last = new ArrayList<>();
    final float[] logits = {0, 1, 2, 3, 9, 5, 6, 7};
    final Receipt receipt;
    private final Random random;
    private final List<Hash32> input = new ArrayList<>();

    SyntheticDispute(long seed) {
        random = new Random(seed);
        var shape = ModelManifest.Shape.plain(3, 4, 2, 1, 2, 4, 16, 8, 1e-5f, 10_000f, 7);
        manifest = new ModelManifest("synthetic", "llama", 1, shape, hash(), List.of(output()));
        salt = hash();
        assignment = new Assignment(
                hash(),
                new NodeId(hash()),
                hash(),
                manifest.id(),
                1,
                new SamplerSettings(0, 0, 1, 5),
                PROMPT,
                4,
                Commitments.prompt(salt, new int[] {1, 2}),
                List.of(stage(0, 1), stage(1, 3)));
        for (int p = 0; p < POSITIONS; p++) {
            inner.add(leaf());
            last.add(new LastLayerLeaf(leaf(), hash()));
            input.add(hash());
        }
        receipt = receipt(1, assignment.stages().get(1).executor(), POSITIONS);
    }

    /** An output matrix whose row r is all r. */
    private ModelManifest.Tensor output() {
        return new ModelManifest.Tensor("output.weight", "F32", 8, 4, MerkleTree.root(rowLeaves()));
    }

    private static List<Hash32> rowLeaves() {
        List<Hash32> rows = new ArrayList<>();
        for (int r = 0; r < 8; r++) {
            rows.add(Commitments.weightRow(r, row(r).toArray()));
        }
        return rows;
    }

    private static Bytes row(int r) {
        return bytes(r, r, r, r);
    }

    static WeightOpening opening(int r) {
        return new WeightOpening(row(r), MerkleTree.path(rowLeaves(), r));
    }

    private Stage stage(int from, int to) {
        return new Stage(new NodeId(hash()), new LayerSpan(from, to), 1, List.of());
    }

    Hash32 hash() {
        return new Hash32(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private LayerLeaf leaf() {
        return new LayerLeaf(hash(), hash(), hash());
    }

    Receipt receipt(int stage, NodeId executor, int positions) {
        List<Hash32> trace = new ArrayList<>();
        List<Hash32> boundary = new ArrayList<>();
        for (int p = 0; p < POSITIONS; p++) {
            LastLayerLeaf at = last.get(p);
            trace.add(Commitments.trace(assignment.id(), 1, p, at.leaf().residual(), at.middle()));
            boundary.add(Commitments.boundary(p, input.get(p)));
        }
        return new Receipt(
                assignment.id(),
                stage,
                executor,
                positions,
                MerkleTree.root(boundary),
                Optional.empty(),
                Commitments.tokenRoot(tokens, 4),
                Optional.empty(),
                MerkleTree.root(trace),
                Amount.of(6),
                6);
    }

    DisputeState open() {
        return DisputeReferee.open(assignment, receipt);
    }

    Hash32 logitsRoot() {
        return VectorRoot.of(logits, 0, logits.length);
    }

    HeadOpening head(int[] shown) {
        List<HeadOpening.ShownToken> list = new ArrayList<>();
        for (int token : shown) {
            list.add(new HeadOpening.ShownToken(token));
        }
        return new HeadOpening(salt, list, List.of(logitsRoot(), logitsRoot()));
    }

    DisputeMove.ShowLayers showLayers() {
        return new DisputeMove.ShowLayers(List.of(innerRoot()), last, Optional.of(head(tokens)));
    }

    private List<Hash32> innerHashes() {
        List<Hash32> hashes = new ArrayList<>();
        for (int p = 0; p < POSITIONS; p++) {
            hashes.add(inner.get(p).hash(1, p));
        }
        return hashes;
    }

    Hash32 innerRoot() {
        return MerkleTree.root(innerHashes());
    }

    LayerInput.Boundary boundary(int position) {
        List<Hash32> leaves = new ArrayList<>();
        for (int p = 0; p < POSITIONS; p++) {
            leaves.add(Commitments.boundary(p, input.get(p)));
        }
        return new LayerInput.Boundary(input.get(position), MerkleTree.path(leaves, position));
    }

    LayerInput.Previous previous(int position) {
        return new LayerInput.Previous(inner.get(position), MerkleTree.path(innerHashes(), position));
    }

    /** Roots of the operations of {@code layer}, with those that were shown before in their places. */
    List<Hash32> roots(int layer, int position) {
        List<Hash32> out = new ArrayList<>();
        LayerLeaf leaf = layer == 1 ? inner.get(position) : last.get(position).leaf();
        for (OperationKind operation : OperationVectors.of(manifest.shape(), layer)) {
            out.add(
                    switch (operation) {
                        case RESIDUAL_OUT -> leaf.residual();
                        case K_CACHE -> leaf.key();
                        case V_CACHE -> leaf.value();
                        case RESIDUAL_MID -> layer == 2 ? last.get(position).middle() : hash();
                        case GATE -> VectorRoot.of(new float[] {1, 2, 3, 4}, 0, 4);
                        case UP -> VectorRoot.of(new float[] {5, 6, 7, 8}, 0, 4);
                        case ACT -> VectorRoot.of(new float[] {0, 0, 0, 0}, 0, 4);
                        case OUT_NORM -> VectorRoot.of(new float[] {1, 1, 1, 1}, 0, 4);
                        case LOGITS -> logitsRoot();
                        default -> hash();
                    });
        }
        return out;
    }

    static Bytes bytes(float... values) {
        return Bytes.owned(VectorRoot.bytes(values, 0, values.length));
    }
}
