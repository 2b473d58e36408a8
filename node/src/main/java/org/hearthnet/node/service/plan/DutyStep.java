package org.hearthnet.node.service.plan;

import java.util.Optional;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.DisputePhase;

/**
 * A step that a duty waits for. Every step happens at most once, so this names the transaction that makes it, too.
 *
 * @param duty which duty
 * @param kind which step
 * @param move which move, for a step of a dispute
 */
public record DutyStep(Hash32 duty, Kind kind, Optional<DisputePhase> move) {
    /** Kinds of steps. */
    public enum Kind {
        /** The verifier's verdict. */
        VERDICT,
        /** The executor's tag. */
        ANSWER,
        /** The verifier's tag. */
        REVEAL,
        /** The executor's move. */
        DEFEND,
        /** The challenger's move. */
        CHALLENGE;

        /** Whether it is a move of a dispute. */
        public boolean isMove() {
            return this == DEFEND || this == CHALLENGE;
        }
    }
}
