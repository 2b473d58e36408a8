package org.hearthnet.genesis.proof;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.crypto.MerkleTree;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;

/**
 * How the values of a run become leaves. Positions count from 0 at the first token of the prompt; roots over positions are
 * {@link MerkleTree} roots of one leaf a position.
 */
public final class Commitments {
    private Commitments() {}

    /** Leaf of the ring boundary: token {@code token} at {@code position}. */
    public static Hash32 token(int position, int token) {
        return Hashing.in("hearth/token/1").add(position).add(token).finish();
    }

    /** Root over {@code tokens} at positions 0, 1, ... */
    public static Hash32 tokenRoot(int[] tokens, int count) {
        List<Hash32> leaves = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            leaves.add(token(i, tokens[i]));
        }
        return MerkleTree.root(leaves);
    }

    /**
     * How many tokens the output root of a last stage covers: the prompt, and one drawn at every position from the prompt's
     * last on.
     */
    public static int outputTokens(int promptTokens, int positions) {
        return Math.max(promptTokens, positions + 1);
    }

    /** How many positions drew a token. */
    public static int drawnTokens(int promptTokens, int positions) {
        return outputTokens(promptTokens, positions) - promptTokens;
    }

    /** The client's salted commitment to the prompt in an assignment. */
    public static Hash32 prompt(Hash32 salt, int[] tokens) {
        return Hashing.in("hearth/prompt/1")
                .add(salt)
                .add(tokenRoot(tokens, tokens.length))
                .finish();
    }

    /** Leaf of a boundary between stages: the residual stream at {@code position}, as {@link VectorRoot}. */
    public static Hash32 boundary(int position, Hash32 residual) {
        return Hashing.in("hearth/boundary-leaf/1").add(position).add(residual).finish();
    }

    /**
     * Leaf of a receipt's trace root.
     *
     * @param residual the residual stream after the stage's last layer
     * @param middle the residual stream between attention and feed-forward of that layer: known only to who computed it
     */
    public static Hash32 trace(Hash32 job, int stage, int position, Hash32 residual, Hash32 middle) {
        return Hashing.in("hearth/trace/1")
                .add(job)
                .add(stage)
                .add(position)
                .add(residual)
                .add(middle)
                .finish();
    }

    /** Leaf of one layer at one position: residual stream after it, and the key and value it cached. */
    public static Hash32 layer(int layer, int position, Hash32 residual, Hash32 key, Hash32 value) {
        return Hashing.in("hearth/layer/1")
                .add(layer)
                .add(position)
                .add(residual)
                .add(key)
                .add(value)
                .finish();
    }

    /** Leaf of the output head at one position: the logits and the token drawn from them. */
    public static Hash32 head(int position, Hash32 logits, int token) {
        return Hashing.in("hearth/head/1").add(position).add(logits).add(token).finish();
    }

    /** Leaf of a tag: a trace leaf blinded for one verifier and duty. */
    public static Hash32 tag(Hash32 duty, NodeId verifier, Hash32 trace) {
        return Hashing.in("hearth/tag/1")
                .add(duty)
                .add(verifier.key())
                .add(trace)
                .finish();
    }

    /** The tag over {@code traces}, one leaf a position: only who holds every trace leaf can make it. */
    public static Hash32 tagRoot(Hash32 duty, NodeId verifier, List<Hash32> traces) {
        List<Hash32> leaves = new ArrayList<>(traces.size());
        for (Hash32 trace : traces) {
            leaves.add(tag(duty, verifier, trace));
        }
        return MerkleTree.root(leaves);
    }

    /** A verifier's commitment to its tag, made before the executor shows its own. */
    public static Hash32 sealedTag(Hash32 tag, Hash32 salt) {
        return Hashing.in("hearth/sealed-tag/1").add(tag).add(salt).finish();
    }

    /** Leaf of a weight matrix: one row exactly as it is stored. */
    public static Hash32 weightRow(int row, byte[] bytes) {
        return Hashing.in("hearth/weight-row/1").add(row).add(bytes).finish();
    }
}
