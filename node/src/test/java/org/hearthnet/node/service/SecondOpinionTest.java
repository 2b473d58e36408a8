package org.hearthnet.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.node.pipeline.TestModel;
import org.hearthnet.node.service.MiningNetwork.Node;
import org.hearthnet.node.service.plan.BondPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bonded veteran looks too before a newcomer's accusation becomes a dispute. */
class SecondOpinionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void aVeteranThatAlsoDiffersOpensTheNewcomersDispute() throws Exception {
        try (var network = new MiningNetwork(directory, 2, Map.of("dutyBlocks", "200"))) {
            Node cheat = network.cheat(MiningNetwork.veteran(0), "flip-bit:0.15");
            Node newcomer = network.add(MiningNetwork.newcomer(0));
            newcomer.chain.submitAndAwait(new TransactionBody.FaucetClaim(), PATIENCE);
            newcomer.chain.submitAndAwait(
                    new TransactionBody.RegisterHolding(TestModel.MANIFEST.id(), MiningNetwork.ALL), PATIENCE);
            network.awaitHolder(newcomer);
            network.job("Once upon a time there was", 16, 1);
            var first =
                    network.await(LedgerEvent.DutyDrawn.class, e -> e.verifier().equals(newcomer.id()));
            // Only now, so that it was no possible executor of the job and could not be drawn first.
            Node veteran = network.miner(MiningNetwork.veteran(1));
            network.awaitHolder(veteran);
            newcomer.mine(Optional.empty(), new BondPolicy.None());

            var second = network.await(LedgerEvent.DutyDrawn.class, LedgerEvent.DutyDrawn::secondOpinion);
            assertEquals(veteran.id(), second.verifier());
            var dispute = network.await(LedgerEvent.Disputed.class, e -> true);
            assertEquals(first.duty(), dispute.duty());
            assertEquals(newcomer.id(), dispute.challenger());
            network.await(
                    LedgerEvent.Convicted.class, e -> e.conviction().node().equals(cheat.id()));
            assertTrue(network.happened(LedgerEvent.Differed.class)
                    .anyMatch(e -> e.verifier().equals(veteran.id())));
        }
    }
}
