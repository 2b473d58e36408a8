package org.hearthnet.node.service.duty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hearthnet.genesis.crypto.Hashing;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.protocol.Verdict;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.node.p2p.TestHosts;
import org.hearthnet.node.pipeline.TestModel;
import org.hearthnet.node.service.MiningNetwork;
import org.hearthnet.node.service.MiningNetwork.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks for what is not its own, who agrees without looking, and inputs that were altered. */
class DishonestPartyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private static InputFetcher fetcher(MiningNetwork network, Node node) {
        return new InputFetcher(node.host, network.spec.id(), TestModel.MANIFEST, seek -> {});
    }

    private static Batch batch(Node node, Duty duty) {
        return node.chain.read(v -> v.batch(duty.batch())).orElseThrow();
    }

    @Test
    void inputsGoToTheDrawnVerifierOnlyAndAgreeingBlindlyEarnsNothing() throws Exception {
        try (var network = new MiningNetwork(directory, 1, Map.of())) {
            Node executor = network.miner(MiningNetwork.veteran(0));
            Node lazy = network.add(MiningNetwork.newcomer(0));
            lazy.chain.submitAndAwait(new TransactionBody.FaucetClaim(), PATIENCE);
            lazy.chain.submitAndAwait(
                    new TransactionBody.RegisterHolding(TestModel.MANIFEST.id(), MiningNetwork.ALL), PATIENCE);
            network.awaitHolder(lazy);
            network.job("Once upon a time", 8, 1);
            var drawn =
                    network.await(LedgerEvent.DutyDrawn.class, e -> e.verifier().equals(lazy.id()));
            network.await(
                    "the duty is known",
                    () -> lazy.chain.read(v -> v.duty(drawn.duty())).isPresent());
            Duty duty = lazy.chain.read(v -> v.duty(drawn.duty())).orElseThrow();
            for (Node node : new Node[] {lazy, network.client}) {
                node.host.dial(TestHosts.address(executor.host), TestHosts.soon());
            }

            // The client took part in the job and is still not given the inputs of a duty.
            var refused = assertThrows(
                    UnservedException.class,
                    () -> fetcher(network, network.client).fetch(duty, batch(lazy, duty), TestHosts.soon()));
            assertTrue(refused.getMessage().contains("not yours"), refused::getMessage);

            ServedInputs inputs = fetcher(network, lazy).fetch(duty, batch(lazy, duty), TestHosts.soon());
            checkKept(network, duty, batch(lazy, duty), inputs);

            // It saw receipt and inputs, and does not compute.
            Hash32 guess = Hashing.in("test").add(1).finish();
            Hash32 salt = Hashing.in("test").add(2).finish();
            lazy.chain.submitAndAwait(
                    new TransactionBody.PostVerdict(
                            duty.id(),
                            Verdict.AGREE,
                            Optional.of(inputs.drawn().opening()),
                            Commitments.sealedTag(guess, salt)),
                    PATIENCE);
            network.await(
                    "the executor's answer",
                    () -> lazy.chain
                            .read(v -> v.duty(duty.id()))
                            .filter(d -> d.phase() == Duty.Phase.REVEAL)
                            .isPresent());
            lazy.chain.submitAndAwait(new TransactionBody.RevealTag(duty.id(), guess, salt), PATIENCE);
            network.await(LedgerEvent.TagsDiffered.class, e -> e.verifier().equals(lazy.id()));
            assertEquals(Amount.ZERO, lazy.account().earnings().verification());
            assertEquals(Amount.ZERO, lazy.account().earnings().minted());
            assertEquals(0, lazy.account().standing().reputation());
            assertEquals(MiningNetwork.BOND, executor.account().stake().bond());
        }
    }

    @Test
    void aFalseAccusationIsDismissedByASecondOpinion() throws Exception {
        try (var network = new MiningNetwork(directory, 2, Map.of("dutyBlocks", "200"))) {
            Node executor = network.miner(MiningNetwork.veteran(0));
            Node liar = network.add(MiningNetwork.newcomer(0));
            liar.chain.submitAndAwait(new TransactionBody.FaucetClaim(), PATIENCE);
            liar.chain.submitAndAwait(
                    new TransactionBody.RegisterHolding(TestModel.MANIFEST.id(), MiningNetwork.ALL), PATIENCE);
            network.awaitHolder(liar);
            network.job("Once upon a time", 8, 1);
            var drawn =
                    network.await(LedgerEvent.DutyDrawn.class, e -> e.verifier().equals(liar.id()));
            Node veteran = network.miner(MiningNetwork.veteran(1));
            network.awaitHolder(veteran);
            network.await(
                    "the duty is known",
                    () -> liar.chain.read(v -> v.duty(drawn.duty())).isPresent());
            Duty duty = liar.chain.read(v -> v.duty(drawn.duty())).orElseThrow();
            liar.host.dial(TestHosts.address(executor.host), TestHosts.soon());
            ServedInputs inputs = fetcher(network, liar).fetch(duty, batch(liar, duty), TestHosts.soon());
            liar.chain.submitAndAwait(
                    new TransactionBody.PostVerdict(
                            duty.id(),
                            Verdict.DIFFER,
                            Optional.of(inputs.drawn().opening()),
                            Hash32.ZERO),
                    PATIENCE);
            network.await(LedgerEvent.Dismissed.class, e -> e.verifier().equals(liar.id()));
            network.await(LedgerEvent.DutyAgreed.class, e -> e.verifier().equals(veteran.id()));
            assertEquals(1, liar.account().standing().strikes());
            assertEquals(MiningNetwork.BOND, executor.account().stake().bond());
            assertTrue(network.happened(LedgerEvent.Disputed.class).findAny().isEmpty());
        }
    }

    private void checkKept(MiningNetwork network, Duty duty, Batch batch, ServedInputs inputs) throws Exception {
        Path place = directory.resolve("kept");
        KeptInputs kept = new KeptInputs(place);
        kept.keep(duty.id(), inputs);
        KeptInputs.Kept found = new KeptInputs(place).read(duty.id()).orElseThrow();
        ServedInputs again = ServedInputs.of(
                network.spec.id(), TestModel.MANIFEST, duty, batch, found.header(), found.activations());
        assertEquals(inputs.drawn(), again.drawn());
        assertEquals(inputs.inputs().salt(), again.inputs().salt());

        var altered = new InputMessages.Served(
                found.header().opening(),
                found.header()
                        .tokens()
                        .map(p -> org.hearthnet.node.pipeline.wire.Prompt.of(p.salt(), new int[p.ids().length])),
                found.header().activationBytes());
        assertThrows(
                UnservedException.class,
                () -> ServedInputs.of(network.spec.id(), TestModel.MANIFEST, duty, batch, altered, new byte[0]));
        assertThrows(
                UnservedException.class,
                () -> ServedInputs.of(network.spec.id(), TestModel.MANIFEST, duty, batch, found.header(), new byte[4]),
                "activations of a first stage");

        Path file = place.resolve(duty.id().toHex() + ".inputs");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertEquals(Optional.empty(), kept.read(duty.id()), "a damaged file is none");
        kept.retain(id -> false);
        assertTrue(Files.notExists(file));
    }
}
