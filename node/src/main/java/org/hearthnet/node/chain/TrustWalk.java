package org.hearthnet.node.chain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.light.LightClient;
import org.hearthnet.ledger.light.LightException;
import org.hearthnet.ledger.light.TrustStep;

/** From a point of trust along a peer's headers to where a header's committee is known. */
final class TrustWalk {
    private final ChainSpec spec;
    private final PeerQuestions questions;
    private final LightClient client;
    private final List<SealedHeader> passed = new ArrayList<>();

    private TrustWalk(ChainSpec spec, PeerQuestions questions, LightClient client) {
        this.spec = spec;
        this.questions = questions;
        this.client = client;
    }

    /**
     * Begins.
     *
     * @param checkpoint hash of a block to trust; the genesis file is trusted if there is none
     * @param nowMs this machine's clock
     * @throws LightException if the peer lies, or if what is trusted is too old to be safe
     */
    static TrustWalk begin(ChainSpec spec, PeerQuestions questions, Optional<Hash32> checkpoint, long nowMs)
            throws IOException {
        TrustWalk walk;
        if (checkpoint.isPresent()) {
            TrustStep step = one(questions.steps(new SyncMessages.StepOf(checkpoint.get())));
            walk = new TrustWalk(spec, questions, LightClient.fromCheckpoint(spec, checkpoint.get(), step));
            walk.passed.add(step.header());
        } else {
            walk = new TrustWalk(spec, questions, LightClient.fromGenesis(spec));
        }
        WeakSubjectivity.require(spec, walk.client.trustedTimeMs(), nowMs);
        return walk;
    }

    private static TrustStep one(List<TrustStep> steps) {
        if (steps.size() != 1) {
            throw new LightException("the peer does not know the checkpoint");
        }
        return steps.getFirst();
    }

    /** Goes on until the committee of {@code height} is known. */
    LightClient to(long height) throws IOException {
        while (!client.canCheck(height)) {
            if (height < client.nextHeight()) {
                throw new LightException("the peer's last block is from before the checkpoint");
            }
            for (TrustStep step : next()) {
                client.advance(step);
                passed.add(step.header());
            }
        }
        return client;
    }

    private List<TrustStep> next() throws IOException {
        long stride = 2L * spec.parameters().epochBlocks();
        List<TrustStep> steps =
                questions.steps(new SyncMessages.Steps(client.nextHeight(), stride, SyncMessages.MAX_STEPS));
        if (steps.isEmpty()) {
            throw new LightException("the peer does not show the headers that lead to its last block");
        }
        return steps;
    }

    /** The headers on the way, with that of the checkpoint. */
    List<SealedHeader> passed() {
        return List.copyOf(passed);
    }

    /** How many headers were checked on the way, without that of the checkpoint. */
    int steps(boolean fromCheckpoint) {
        return passed.size() - (fromCheckpoint ? 1 : 0);
    }
}
