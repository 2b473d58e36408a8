package org.hearthnet.verifier.dispute;

import java.util.function.UnaryOperator;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.proof.DisputeDecision;
import org.hearthnet.genesis.proof.DisputeMove;
import org.hearthnet.genesis.proof.DisputeReferee;
import org.hearthnet.verifier.check.StageInputs;
import org.hearthnet.verifier.model.Model;

/** A dispute about one given element, of which the executor claims something else than it used afterwards. */
final class OperationDuel {
    private OperationDuel() {}

    static DisputeDecision play(
            Model model,
            StageInputs inputs,
            StageTrace trace,
            OperationKind operation,
            int position,
            int element,
            UnaryOperator<byte[]> claim) {
        StageTrace liar =
                new AlteredTrace(trace, new int[0], (o, bytes) -> o == operation ? claim.apply(bytes) : bytes);
        Defender defender = new Defender(model.manifest.shape(), liar);
        EvidenceBuilder evidence = new EvidenceBuilder(model.manifest, trace, model::weights);
        DisputeGame game = new DisputeGame(
                model.manifest,
                defender::next,
                state -> java.util.Optional.of(
                        switch (state.phase()) {
                            case PICK_LAYER ->
                                new DisputeMove.PickLayer(inputs.span().from());
                            case PICK_POSITION -> new DisputeMove.PickPosition(position);
                            case PICK_OPERATION -> new DisputeMove.PickOperation(operation);
                            default -> new DisputeMove.Prove(evidence.of(state, element));
                        }));
        var decision = game.play(DisputeReferee.open(inputs.assignment(), inputs.receipt()));
        System.out.println(operation + " at position " + position + ": largest move " + game.largestMove + " bytes");
        return decision.orElseThrow(() -> new AssertionError(game.silent + " " + game.reason));
    }
}
