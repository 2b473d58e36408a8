package org.hearthnet.genesis.proof;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.crypto.MerkleTree;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.spec.ModelManifest.Shape;

/** Whether what the executor shows of layers and positions is what its receipt commits to. */
final class OpeningCheck {
    private OpeningCheck() {}

    static void layers(DisputeState state, Shape shape, DisputeMove.ShowLayers show) throws RefusalException {
        Receipt receipt = state.receipt();
        RefusalException.unless(
                !state.isLastStage() || state.span().to() == shape.layers(), "the stages do not cover the model");
        RefusalException.unless(
                show.layers().size() == state.span().count() - 1, "one root for every layer but the last");
        RefusalException.unless(show.last().size() == receipt.positions(), "one leaf for every position");
        RefusalException.unless(show.head().isPresent() == state.isLastStage(), "the head is the last stage's");
        RefusalException.unless(
                traceRoot(receipt, show.last()).equals(receipt.traceRoot()), "the leaves do not fit the trace root");
        if (show.head().isPresent()) {
            head(state.assignment(), receipt, shape, show.head().get());
        } else {
            RefusalException.unless(
                    boundaryRoot(show.last()).equals(receipt.outputRoot()), "the leaves do not fit the output root");
        }
    }

    private static Hash32 traceRoot(Receipt receipt, List<LastLayerLeaf> last) {
        List<Hash32> leaves = new ArrayList<>(last.size());
        for (int p = 0; p < last.size(); p++) {
            LastLayerLeaf at = last.get(p);
            leaves.add(Commitments.trace(
                    receipt.job(), receipt.stage(), p, at.leaf().residual(), at.middle()));
        }
        return MerkleTree.root(leaves);
    }

    private static Hash32 boundaryRoot(List<LastLayerLeaf> last) {
        List<Hash32> leaves = new ArrayList<>(last.size());
        for (int p = 0; p < last.size(); p++) {
            leaves.add(Commitments.boundary(p, last.get(p).leaf().residual()));
        }
        return MerkleTree.root(leaves);
    }

    private static void head(Assignment job, Receipt receipt, Shape shape, HeadOpening head) throws RefusalException {
        int prompt = job.promptTokens();
        int count = Commitments.outputTokens(prompt, receipt.positions());
        int[] tokens = head.tokenIds();
        RefusalException.unless(tokens.length == count, "prompt and answer have " + count + " tokens");
        RefusalException.unless(head.logits().size() == count - prompt, "one logits root for every drawn token");
        for (int i = 0; i < count; i++) {
            RefusalException.unless(tokens[i] >= 0 && tokens[i] < shape.vocabulary(), "no such token");
            // The position after an end token is not payable, so a receipt over it is not one that can be defended.
            RefusalException.unless(
                    i < prompt || i == count - 1 || !shape.ends(tokens[i]), "the answer goes on after its end");
        }
        RefusalException.unless(
                Commitments.tokenRoot(tokens, count).equals(receipt.outputRoot()),
                "the tokens do not fit the output root");
        RefusalException.unless(
                Commitments.prompt(head.salt(), java.util.Arrays.copyOf(tokens, prompt))
                        .equals(job.promptCommitment()),
                "the prompt is not the one that the client committed to");
        // A stage that is the whole pipeline feeds itself: what went in is what came out.
        RefusalException.unless(
                receipt.stage() > 0
                        || Commitments.tokenRoot(tokens, receipt.positions()).equals(receipt.inputRoot()),
                "the tokens do not fit the input root");
    }

    static void positions(DisputeState state, DisputeMove.ShowPositions show) throws RefusalException {
        RefusalException.unless(show.leaves().size() == state.receipt().positions(), "one leaf for every position");
        List<Hash32> leaves = new ArrayList<>(show.leaves().size());
        for (int p = 0; p < show.leaves().size(); p++) {
            leaves.add(show.leaves().get(p).hash(state.layer(), p));
        }
        Hash32 root = state.layers()
                .orElseThrow()
                .layers()
                .get(state.layer() - state.span().from());
        RefusalException.unless(MerkleTree.root(leaves).equals(root), "the leaves do not fit the layer's root");
    }
}
