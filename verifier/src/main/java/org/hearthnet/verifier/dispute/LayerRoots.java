package org.hearthnet.verifier.dispute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hearthnet.genesis.crypto.MerkleTree;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.proof.HeadOpening;
import org.hearthnet.genesis.proof.LastLayerLeaf;
import org.hearthnet.genesis.proof.LayerLeaf;
import org.hearthnet.genesis.protocol.Assignment;

/** A trace as the lists that moves are made of. */
record LayerRoots(StageTrace trace) {
    int positions() {
        return trace.inputs().receipt().positions();
    }

    List<LayerLeaf> leaves(int layer) {
        return IntStream.range(0, positions())
                .mapToObj(p -> trace.leaf(layer, p))
                .toList();
    }

    List<Hash32> hashes(int layer) {
        List<Hash32> out = new ArrayList<>(positions());
        for (int p = 0; p < positions(); p++) {
            out.add(trace.leaf(layer, p).hash(layer, p));
        }
        return out;
    }

    Hash32 root(int layer) {
        return MerkleTree.root(hashes(layer));
    }

    List<LastLayerLeaf> last() {
        int layer = trace.inputs().span().to() - 1;
        return IntStream.range(0, positions())
                .mapToObj(p -> new LastLayerLeaf(trace.leaf(layer, p), trace.middle(p)))
                .toList();
    }

    /** Roots of the logits of all positions that draw a token. */
    List<Hash32> logits() {
        Assignment assignment = trace.inputs().assignment();
        int drawn = Commitments.drawnTokens(assignment.promptTokens(), positions());
        int first = assignment.promptTokens() - 1;
        return IntStream.range(first, first + drawn).mapToObj(trace::logits).toList();
    }

    List<HeadOpening.ShownToken> tokens() {
        return Arrays.stream(trace.tokens())
                .mapToObj(HeadOpening.ShownToken::new)
                .toList();
    }
}
