package org.hearthnet.ledger.state.transition;

import org.hearthnet.genesis.proof.DisputeMove;
import org.hearthnet.genesis.proof.DisputeOutcome;
import org.hearthnet.genesis.proof.DisputeParty;
import org.hearthnet.genesis.proof.DisputeReferee;
import org.hearthnet.genesis.proof.DisputeState;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.spec.ModelManifest;

/** Settles disputes. A port, so that the ledger's own rules are tested without a model: only what a move does can differ. */
@FunctionalInterface
public interface Referee {
    /** The referee of every real network: it recomputes one operation. */
    Referee RECOMPUTING = DisputeReferee::apply;

    /** A dispute without any move. */
    default DisputeState open(Assignment assignment, Receipt receipt) {
        return DisputeReferee.open(assignment, receipt);
    }

    /** Whose turn it is. */
    default DisputeParty turn(DisputeState state) {
        return DisputeReferee.turn(state);
    }

    /** Applies a move of whoever has the turn. */
    DisputeOutcome apply(DisputeState state, ModelManifest manifest, DisputeMove move);
}
