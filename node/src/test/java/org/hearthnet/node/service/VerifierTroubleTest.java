package org.hearthnet.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.node.chain.ChainListener;
import org.hearthnet.node.pipeline.TestModel;
import org.hearthnet.node.service.MiningNetwork.Node;
import org.hearthnet.node.service.plan.BondPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verifiers that vanish, or are restarted at the worst moment. */
class VerifierTroubleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void vanishedVerifierIsReplacedByAnother() throws Exception {
        try (var network = new MiningNetwork(directory, 1, Map.of("dutyBlocks", "24"))) {
            network.miner(MiningNetwork.veteran(0));
            Node vanished = network.add(MiningNetwork.newcomer(0));
            vanished.chain.submitAndAwait(new TransactionBody.FaucetClaim(), PATIENCE);
            vanished.chain.submitAndAwait(
                    new TransactionBody.RegisterHolding(TestModel.MANIFEST.id(), MiningNetwork.ALL), PATIENCE);
            network.awaitHolder(vanished);
            network.job("Once upon a time", 8, 1);
            var drawn =
                    network.await(LedgerEvent.DutyDrawn.class, e -> e.verifier().equals(vanished.id()));
            Node other = network.miner(MiningNetwork.newcomer(1));
            var again = network.await(LedgerEvent.DutyDrawn.class, e -> e.attempt() == drawn.attempt() + 1);
            assertEquals(other.id(), again.verifier());
            network.await(LedgerEvent.DutyAgreed.class, e -> e.duty().equals(again.duty()));
            assertEquals(1, vanished.account().standing().missed());
            assertEquals(Amount.ZERO, vanished.account().earnings().verification());
            assertEquals(0, vanished.account().standing().strikes(), "a missed duty costs the reward only");
        }
    }

    @Test
    void verifierRestartedBetweenSealAndRevealStillAgrees() throws Exception {
        try (var network = new MiningNetwork(directory, 1, Map.of())) {
            network.miner(MiningNetwork.veteran(0));
            Node verifier = network.miner(MiningNetwork.newcomer(0));
            network.awaitHolder(verifier);
            CompletableFuture<Void> stopped = stopWhen(verifier, Duty.Phase.ANSWER);
            network.job("Once upon a time", 8, 1);
            stopped.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            network.await("the executor answered", () -> hasDuty(verifier, Duty.Phase.REVEAL));
            verifier.mine(Optional.empty(), new BondPolicy.None());
            network.await(LedgerEvent.DutyAgreed.class, e -> e.verifier().equals(verifier.id()));
            assertTrue(verifier.account().earnings().verification().compareTo(Amount.ZERO) > 0);
        }
    }

    @Test
    void challengerRestartedInADisputeStillConvicts() throws Exception {
        try (var network = new MiningNetwork(directory, 1, Map.of())) {
            Node cheat = network.cheat(MiningNetwork.veteran(0), "skip-layer:0.15");
            Node verifier = network.miner(MiningNetwork.newcomer(0));
            network.awaitHolder(verifier);
            CompletableFuture<Void> stopped = stopWhen(verifier, Duty.Phase.DISPUTE);
            network.job("Once upon a time there was", 16, 1);
            stopped.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            verifier.mine(Optional.empty(), new BondPolicy.None());
            network.await(
                    LedgerEvent.Convicted.class, e -> e.conviction().node().equals(cheat.id()));
        }
    }

    private static boolean hasDuty(Node node, Duty.Phase phase) {
        return node.chain.read(v -> v.openDuties(node.id(), 8).stream().anyMatch(d -> d.phase() == phase));
    }

    /** Stops mining within the block after which a duty of the node is in {@code phase}: it cannot take the next step. */
    private static CompletableFuture<Void> stopWhen(Node node, Duty.Phase phase) {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        ChainListener listener = (block, events) -> {
            if (!stopped.isDone() && hasDuty(node, phase)) {
                node.stopMining();
                stopped.complete(null);
            }
        };
        node.chain.addListener(listener);
        return stopped;
    }
}
