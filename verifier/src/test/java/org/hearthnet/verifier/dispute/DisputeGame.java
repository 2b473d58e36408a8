package org.hearthnet.verifier.dispute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.function.Function;
import org.hearthnet.genesis.proof.DisputeDecision;
import org.hearthnet.genesis.proof.DisputeLimits;
import org.hearthnet.genesis.proof.DisputeMove;
import org.hearthnet.genesis.proof.DisputeOutcome;
import org.hearthnet.genesis.proof.DisputeParty;
import org.hearthnet.genesis.proof.DisputeReferee;
import org.hearthnet.genesis.proof.DisputeState;
import org.hearthnet.genesis.spec.ModelManifest;

/** Plays a dispute as the ledger does: every move and state goes through its encoding. */
final class DisputeGame {
    private final ModelManifest manifest;
    private final Function<DisputeState, Optional<DisputeMove>> executor;
    private final Function<DisputeState, Optional<DisputeMove>> challenger;
    /** Largest encoded move so far. */
    int largestMove;

    DisputeGame(
            ModelManifest manifest,
            Function<DisputeState, Optional<DisputeMove>> executor,
            Function<DisputeState, Optional<DisputeMove>> challenger) {
        this.manifest = manifest;
        this.executor = executor;
        this.challenger = challenger;
    }

    /** The decision, or nothing if a party fell silent or its move was refused; {@link #silent} says which. */
    Optional<DisputeDecision> play(DisputeState opened) {
        DisputeState state = opened;
        for (int moves = 0; moves < 10; moves++) {
            DisputeParty turn = DisputeReferee.turn(state);
            Optional<DisputeMove> move = (turn == DisputeParty.EXECUTOR ? executor : challenger).apply(state);
            if (move.isEmpty()) {
                silent = turn;
                return Optional.empty();
            }
            switch (DisputeReferee.apply(state, manifest, again(move.get()))) {
                case DisputeOutcome.Continues next -> state = again(next.state());
                case DisputeOutcome.Decided end -> {
                    return Optional.of(end.decision());
                }
                case DisputeOutcome.Refused refused -> {
                    silent = turn;
                    reason = refused.reason();
                    return Optional.empty();
                }
            }
        }
        throw new AssertionError("the dispute does not end");
    }

    DisputeParty silent = DisputeParty.CHALLENGER;
    String reason = "";

    private DisputeMove again(DisputeMove move) {
        byte[] bytes = DisputeMove.KIND.codec().encode(move);
        largestMove = Math.max(largestMove, bytes.length);
        assertTrue(bytes.length <= DisputeLimits.MAX_MOVE_BYTES);
        DisputeMove decoded = DisputeMove.KIND.codec().decode(bytes);
        assertEquals(move, decoded);
        return decoded;
    }

    private static DisputeState again(DisputeState state) {
        return assertInstanceOf(
                DisputeState.class,
                DisputeState.KIND.codec().decode(DisputeState.KIND.codec().encode(state)));
    }
}
