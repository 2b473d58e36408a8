package org.hearthnet.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.node.pipeline.client.JobOutcome;
import org.hearthnet.node.service.plan.BondPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Honest work is claimed, drawn, checked and paid for; a newcomer earns its way to executing. */
class HonestMiningTest {
    @TempDir
    private Path directory;

    @Test
    void newcomerVerifiesGraduatesAndExecutes() throws Exception {
        // Fees vest for a moment only, so that withdrawing is seen too.
        try (var network = new MiningNetwork(directory, 2, Map.of("vestingEpochs", "2"))) {
            var first = network.miner(MiningNetwork.veteran(0));
            var second = network.miner(MiningNetwork.veteran(1));
            var newcomer = network.add(MiningNetwork.newcomer(0));
            newcomer.mine(Optional.empty(), new BondPolicy.Auto());
            network.awaitHolder(newcomer);

            JobOutcome outcome = network.job("Once upon a time", 24, 2);
            assertEquals(2, outcome.attempts().getLast().assignment().stages().size());
            network.await(
                    "both stages agreed",
                    () -> network.happened(LedgerEvent.DutyAgreed.class).count() == 2);
            assertTrue(network.happened(LedgerEvent.DutyAgreed.class)
                    .allMatch(e -> e.verifier().equals(newcomer.id())));
            assertTrue(newcomer.account().earnings().verification().compareTo(Amount.ZERO) > 0);
            assertTrue(newcomer.account().earnings().minted().compareTo(Amount.ZERO) > 0);

            network.await(LedgerEvent.Graduated.class, e -> e.node().equals(newcomer.id()));
            var paid = network.await(LedgerEvent.Withdrawn.class, e -> e.node().equals(first.id()));
            assertTrue(paid.vested().compareTo(Amount.ZERO) > 0);

            // Executors that could have stepped in are no independent verifiers: it takes another newcomer.
            network.awaitHolder(network.miner(MiningNetwork.newcomer(1)));
            JobOutcome next = network.job("The king had three sons", 8, 1, newcomer.id());
            assertEquals(
                    newcomer.id(),
                    next.attempts().getLast().assignment().stages().getFirst().executor());
            network.await(LedgerEvent.DutyAgreed.class, e -> e.executor().equals(newcomer.id()));
            assertFalse(network.happened(LedgerEvent.Convicted.class).findAny().isPresent());
            assertEquals(0, second.account().standing().strikes());
            network.await(
                    "the inputs of checked receipts are forgotten",
                    () -> first.mining().store().receipts().isEmpty());
        }
    }
}
