package org.hearthnet.genesis.proof;

import static org.hearthnet.genesis.proof.RefusalException.unless;

import org.hearthnet.genesis.arithmetic.Attention;
import org.hearthnet.genesis.arithmetic.Half;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.crypto.MerkleTree;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ModelManifest.Shape;

/** The operations of attention, whose operands are single heads at many positions. */
final class AttentionCheck {
    private final DisputeState state;
    private final Shape shape;
    private final ShownRoots shown;
    private final int positions;
    /** The first position that is not masked. */
    private final int first;

    AttentionCheck(DisputeState state, Shape shape) {
        this.state = state;
        this.shape = shape;
        this.shown = new ShownRoots(state, shape);
        this.positions = state.position() + 1;
        this.first = Attention.first(state.position(), shape.window());
    }

    float score(OperationEvidence.Score e) throws RefusalException {
        int head = e.element() / positions;
        int at = e.element() % positions;
        long width = (long) shape.heads() * shape.headSize();
        float[] queries = EvidenceCheck.open(e.queries(), width, shown.of(OperationKind.Q_ROPE));
        byte[] key =
                slice(e.key(), state.leaf(at).key(), shape.kvHeads(), kvHead(head), shape.headSize() * Short.BYTES);
        float[] k = new float[shape.headSize()];
        for (int d = 0; d < k.length; d++) {
            k[d] = Half.toFloat(Half.at(key, d * Short.BYTES));
        }
        if (at < first) {
            return 0f;
        }
        return Attention.score(
                queries, head * shape.headSize(), k, 0, shape.headSize(), Attention.scale(shape.headSize()));
    }

    float weight(OperationEvidence.Softmax e) throws RefusalException {
        float[] scores = row(e.scores(), OperationKind.ATTN_SCORES, e.element() / positions);
        Attention.weights(scores, 0, positions, first);
        return scores[e.element() % positions];
    }

    float mix(OperationEvidence.Mix e) throws RefusalException {
        int head = e.element() / shape.headSize();
        int dimension = e.element() % shape.headSize();
        float[] weights = row(e.weights(), OperationKind.ATTN_WEIGHTS, head);
        unless(e.values().size() == positions, "one value for every position up to this one");
        float[] column = new float[positions];
        for (int p = 0; p < positions; p++) {
            byte[] value = slice(
                    e.values().get(p),
                    state.leaf(p).value(),
                    shape.kvHeads(),
                    kvHead(head),
                    shape.headSize() * Short.BYTES);
            column[p] = Half.toFloat(Half.at(value, dimension * Short.BYTES));
        }
        return Attention.mix(weights, column);
    }

    private int kvHead(int head) {
        return head / (shape.heads() / shape.kvHeads());
    }

    private float[] row(VectorSlice slice, OperationKind operation, int head) throws RefusalException {
        return VectorRoot.floats(slice(slice, shown.of(operation), shape.heads(), head, positions * Float.BYTES));
    }

    private static byte[] slice(VectorSlice slice, Hash32 root, int chunks, int index, int bytes)
            throws RefusalException {
        unless(slice.data().length() == bytes, "a slice of another length");
        byte[] data = slice.data().unsafeArray();
        unless(
                MerkleTree.verify(root, chunks, index, VectorRoot.leaf(data, 0, data.length), slice.path()),
                "a slice that was not committed to");
        return data;
    }
}
