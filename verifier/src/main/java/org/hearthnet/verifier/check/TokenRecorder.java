package org.hearthnet.verifier.check;

import org.hearthnet.genesis.crypto.MerkleFrontier;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;

/** The running root over a job's tokens, prompt and answer. Not thread-safe. */
public final class TokenRecorder {
    private final MerkleFrontier frontier = new MerkleFrontier();

    /** Adds the next token. */
    public void add(int token) {
        frontier.append(Commitments.token(count(), token));
    }

    /** Tokens so far. */
    public int count() {
        return Math.toIntExact(frontier.size());
    }

    /** {@link Commitments#tokenRoot} of the tokens so far. */
    public Hash32 root() {
        return frontier.root();
    }
}
