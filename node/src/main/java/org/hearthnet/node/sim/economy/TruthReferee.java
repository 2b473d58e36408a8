package org.hearthnet.node.sim.economy;

import java.util.List;
import java.util.Optional;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.DisputeDecision;
import org.hearthnet.genesis.proof.DisputeMove;
import org.hearthnet.genesis.proof.DisputeOutcome;
import org.hearthnet.genesis.proof.DisputeState;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.ledger.state.transition.Referee;

/**
 * Settles disputes by what the simulator knows to be true, in one move of each side. That the real referee finds the truth is shown
 * elsewhere, on real models; here it is taken for granted.
 */
final class TruthReferee implements Referee {
    /** The executor's only move. */
    static final DisputeMove SHOW = new DisputeMove.ShowLayers(List.of(), List.of(), Optional.empty());

    /** The challenger's only move. */
    static final DisputeMove PICK = new DisputeMove.PickLayer(1);

    /** Trace root of the right result for a stage. */
    static Hash32 truth(Hash32 job, int stage) {
        return Hashing.in("hearth/sim-truth/1").add(job).add(stage).finish();
    }

    @Override
    public DisputeOutcome apply(DisputeState s, ModelManifest manifest, DisputeMove move) {
        if (move instanceof DisputeMove.ShowLayers show && s.layers().isEmpty()) {
            return new DisputeOutcome.Continues(s.with(show));
        }
        if (move instanceof DisputeMove.PickLayer && s.layers().isPresent()) {
            Receipt receipt = s.receipt();
            boolean wrong = !receipt.traceRoot().equals(truth(receipt.job(), receipt.stage()));
            return new DisputeOutcome.Decided(new DisputeDecision(wrong, 1, 0, "DOWN[0]"));
        }
        return new DisputeOutcome.Refused("the simulator's disputes have one move of each side");
    }
}
