package org.hearthnet.node.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.ledger.state.Conviction;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.node.pipeline.client.JobOutcome;
import org.hearthnet.node.service.fault.Fault;
import org.hearthnet.node.service.fault.PlantedFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever cheats is convicted of what it did, where it did it; whoever only hides pays and keeps its bond. */
class FaultTest {
    @TempDir
    private Path directory;

    private record Place(int layer, int position) {}

    @Test
    void skippedLayerIsConvictedWhereItWasSkipped() throws Exception {
        layerFault("skip-layer:0.15", "RESIDUAL_OUT");
    }

    @Test
    void flippedBitIsConvictedWhereItWasFlipped() throws Exception {
        layerFault("flip-bit:0.15", "RESIDUAL_OUT");
    }

    private void layerFault(String fault, String operation) throws Exception {
        try (var network = new MiningNetwork(directory, 2, Map.of())) {
            var cheat = network.cheat(MiningNetwork.veteran(0), fault);
            var honest = network.miner(MiningNetwork.veteran(1));
            var verifier = network.miner(MiningNetwork.newcomer(0));
            network.awaitHolder(verifier);
            var planted = new PlantedFault(Fault.parse(fault), cheat.key);

            JobOutcome outcome = network.job("Once upon a time there was", 24, 2);
            var attempt = outcome.attempts().getLast();
            int stage = stageOf(attempt.assignment(), cheat.id());
            Receipt receipt = attempt.receipts().get(stage).orElseThrow();
            Place expected = first(
                            planted,
                            receipt,
                            attempt.assignment().stages().get(stage).layers())
                    .orElseThrow();

            Conviction conviction = convicted(network, cheat.id());
            assertEquals(attempt.job(), conviction.job());
            assertEquals(stage, conviction.stage());
            assertEquals(expected, new Place(conviction.layer(), conviction.position()));
            assertTrue(conviction.operation().startsWith(operation), conviction.operation());
            assertEquals(MiningNetwork.BOND, conviction.bond());
            assertTrue(cheat.account().stake().bond().isZero());
            assertEquals(0, cheat.account().standing().reputation());

            // The neighbour ran on wrong activations without knowing; its own work is right.
            network.await(LedgerEvent.DutyAgreed.class, e -> e.executor().equals(honest.id()));
            network.await(LedgerEvent.Slashed.class, e -> e.node().equals(cheat.id()));
            network.await(
                    "the finder is paid",
                    // The neighbour may be drawn too, if it has not claimed yet.
                    () -> !verifier.account().earnings().finding().isZero()
                            || !honest.account().earnings().finding().isZero());
            assertEquals(1, network.happened(LedgerEvent.Convicted.class).count());
        }
    }

    @Test
    void wrongTokenIsConvictedWhereItWasDrawn() throws Exception {
        try (var network = new MiningNetwork(directory, 2, Map.of())) {
            var cheat = network.cheat(MiningNetwork.veteran(0), "wrong-token:0.5");
            var verifier = network.miner(MiningNetwork.newcomer(0));
            network.awaitHolder(verifier);
            var planted = new PlantedFault(Fault.parse("wrong-token:0.5"), cheat.key);

            JobOutcome outcome = network.job("The old woman said", 30, 1);
            var attempt = outcome.attempts().getLast();
            Receipt receipt = attempt.receipts().getFirst().orElseThrow();
            int expected = IntStream.range(attempt.assignment().promptTokens() - 1, receipt.positions())
                    .filter(p -> planted.liesAt(attempt.job(), p))
                    .findFirst()
                    .orElseThrow();

            Conviction conviction = convicted(network, cheat.id());
            assertEquals(MiningNetwork.ALL.to(), conviction.layer(), "the head comes after the last layer");
            assertEquals(expected, conviction.position());
            assertTrue(conviction.operation().startsWith("SAMPLE"), conviction.operation());
        }
    }

    @Test
    void whoDoesNotServePaysAndKeepsItsBond() throws Exception {
        try (var network = new MiningNetwork(directory, 1, Map.of("dutyBlocks", "24"))) {
            var cheat = network.cheat(MiningNetwork.veteran(0), "no-serve:1");
            for (int i = 0; i < 3; i++) {
                network.awaitHolder(network.miner(MiningNetwork.newcomer(i)));
            }
            network.job("Once upon a time", 8, 1);
            var silenced =
                    network.await(LedgerEvent.Silenced.class, e -> e.executor().equals(cheat.id()));
            assertFalse(silenced.confessed());
            assertEquals(silenced.fee().times(6), silenced.taken(), "the fee, and five more at an audit rate of 100 %");
            assertEquals(1, cheat.account().standing().silences());
            Amount lost = MiningNetwork.BOND.minus(cheat.account().stake().bond());
            assertTrue(lost.compareTo(silenced.taken()) <= 0, "the bond lost " + lost);
            assertTrue(cheat.account().stake().frozen().isZero());
            assertFalse(network.happened(LedgerEvent.Convicted.class).findAny().isPresent());
        }
    }

    private static Conviction convicted(MiningNetwork network, NodeId node) throws InterruptedException {
        return network.await(
                        LedgerEvent.Convicted.class, e -> e.conviction().node().equals(node))
                .conviction();
    }

    private static int stageOf(Assignment assignment, NodeId node) {
        return IntStream.range(0, assignment.stages().size())
                .filter(i -> assignment.stages().get(i).executor().equals(node))
                .findFirst()
                .orElseThrow();
    }

    /** Where the fault struck first, in the order of layers and then positions. */
    private static Optional<Place> first(PlantedFault fault, Receipt receipt, LayerSpan span) {
        Hash32 job = receipt.job();
        for (int layer = span.from(); layer < span.to(); layer++) {
            for (int position = 0; position < receipt.positions(); position++) {
                if (fault.strikes(job, layer, position)) {
                    return Optional.of(new Place(layer, position));
                }
            }
        }
        return Optional.empty();
    }
}
