package org.hearthnet.ledger;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.proof.DisputeDecision;
import org.hearthnet.genesis.proof.DisputeMove;
import org.hearthnet.genesis.proof.DisputeOutcome;
import org.hearthnet.genesis.proof.DisputeState;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.ledger.state.transition.Referee;

/**
 * A referee without a model: the executor shows anything, then the challenger picks layer {@link #EXECUTOR_WRONG} or {@link
 * #CHALLENGER_WRONG} and is right or wrong. Everything else is refused.
 */
public final class ScriptedReferee implements Referee {
    /** The executor's only move. */
    public static final DisputeMove SHOW = new DisputeMove.ShowLayers(List.of(), List.of(), Optional.empty());

    /** Layer that convicts. */
    public static final int EXECUTOR_WRONG = 1;

    /** Layer that dismisses. */
    public static final int CHALLENGER_WRONG = 2;

    @Override
    public DisputeOutcome apply(DisputeState s, ModelManifest manifest, DisputeMove move) {
        if (move instanceof DisputeMove.ShowLayers show && s.layers().isEmpty()) {
            return new DisputeOutcome.Continues(s.with(show));
        }
        if (move instanceof DisputeMove.PickLayer pick && s.layers().isPresent() && pick.layer() > 0) {
            return new DisputeOutcome.Decided(
                    new DisputeDecision(pick.layer() == EXECUTOR_WRONG, pick.layer(), 7, "DOWN[3]"));
        }
        return new DisputeOutcome.Refused("not in the script");
    }
}
