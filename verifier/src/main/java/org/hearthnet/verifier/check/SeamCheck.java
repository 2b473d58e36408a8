package org.hearthnet.verifier.check;

import java.util.Optional;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.BoundaryStatement;
import org.hearthnet.genesis.protocol.Receipt;

/** Whether the neighbours of a stage signed what its receipt says about the seams between them. */
public final class SeamCheck {
    private SeamCheck() {}

    /**
     * What is wrong with the neighbours' signatures, if anything is. The receipt must be one of {@code assignment}.
     *
     * @param network the network's id, which every signature covers
     */
    public static Optional<String> problem(Hash32 network, Assignment assignment, Receipt receipt) {
        int stage = receipt.stage();
        boolean alone = assignment.stages().size() == 1;
        boolean promptOnly = stage == 0 && receipt.positions() <= assignment.promptTokens();
        if (receipt.upstream().isEmpty() && !alone && !promptOnly) {
            return Optional.of("the sender did not sign what came in");
        }
        int before = stage == 0 ? assignment.stages().size() - 1 : stage - 1;
        var input = new BoundaryStatement(receipt.job(), stage, receipt.positions(), receipt.inputRoot());
        if (!signed(network, assignment, before, input, receipt.upstream())) {
            return Optional.of("the sender signed something else than came in");
        }
        if (assignment.isLast(stage)) {
            return Optional.empty(); // the last token goes to the client alone, so no stage can sign for all of them
        }
        int after = stage + 1;
        var output = new BoundaryStatement(receipt.job(), after, receipt.positions(), receipt.outputRoot());
        return signed(network, assignment, after, output, receipt.downstream())
                ? Optional.empty()
                : Optional.of("the receiver signed something else than went out");
    }

    private static boolean signed(
            Hash32 network,
            Assignment assignment,
            int signerStage,
            BoundaryStatement statement,
            Optional<Signature> signature) {
        NodeId signer = assignment.stages().get(signerStage).executor();
        return signature.isEmpty() || BoundaryStatement.KIND.verify(network, statement, signer, signature.get());
    }
}
