package org.hearthnet.verifier.dispute;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hearthnet.genesis.arithmetic.OperationKind;
import org.hearthnet.genesis.proof.DisputeDecision;
import org.hearthnet.genesis.proof.DisputeMove;
import org.hearthnet.genesis.proof.DisputeParty;
import org.hearthnet.genesis.proof.DisputeReferee;
import org.hearthnet.genesis.proof.OperationEvidence;
import org.hearthnet.verifier.check.StageInputs;
import org.hearthnet.verifier.model.Model;

/** A dispute about one given element of the stage's first layer. */
record OperationDuel(Model model, StageInputs inputs, StageTrace trace, OperationKind operation, int position) {
    /** The end if the executor claims {@code claim} of the operation's result, which it did not use afterwards. */
    static DisputeDecision play(
            Model model,
            StageInputs inputs,
            StageTrace trace,
            OperationKind operation,
            int position,
            int element,
            UnaryOperator<byte[]> claim) {
        return new OperationDuel(model, inputs, trace, operation, position).claims(element, claim);
    }

    DisputeDecision claims(int element, UnaryOperator<byte[]> claim) {
        DisputeGame game = game(element, claim, UnaryOperator.identity());
        Optional<DisputeDecision> decision = game.play(DisputeReferee.open(inputs.assignment(), inputs.receipt()));
        System.out.println(operation + " at position " + position + ": largest move " + game.largestMove + " bytes");
        return decision.orElseThrow(() -> new AssertionError(game.silent + " " + game.reason));
    }

    /** Why {@code change}d evidence against an honest executor is refused. */
    String refusal(int element, UnaryOperator<OperationEvidence> change) {
        DisputeGame game = game(element, UnaryOperator.identity(), change);
        Optional<DisputeDecision> decision = game.play(DisputeReferee.open(inputs.assignment(), inputs.receipt()));
        assertEquals(Optional.empty(), decision);
        assertEquals(DisputeParty.CHALLENGER, game.silent);
        return game.reason;
    }

    private DisputeGame game(int element, UnaryOperator<byte[]> claim, UnaryOperator<OperationEvidence> change) {
        StageTrace claimed =
                new AlteredTrace(trace, trace.tokens(), (o, bytes) -> o == operation ? claim.apply(bytes) : bytes);
        Defender defender = new Defender(model.manifest.shape(), claimed);
        EvidenceBuilder evidence = new EvidenceBuilder(model.manifest, trace, model::weights);
        return new DisputeGame(
                model.manifest,
                defender::next,
                state -> Optional.of(
                        switch (state.phase()) {
                            case PICK_LAYER ->
                                new DisputeMove.PickLayer(inputs.span().from());
                            case PICK_POSITION -> new DisputeMove.PickPosition(position);
                            case PICK_OPERATION -> new DisputeMove.PickOperation(operation);
                            default -> new DisputeMove.Prove(change.apply(evidence.of(state, element)));
                        }));
    }
}
