package org.hearthnet.node.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hearthnet.genesis.crypto.Envelope;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.node.p2p.MessageStream;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.Stream;
import org.hearthnet.node.p2p.TestHosts;
import org.hearthnet.node.pipeline.TestNetwork.Setup;
import org.hearthnet.node.pipeline.wire.ClientMessage;
import org.hearthnet.node.pipeline.wire.Protocols;
import org.hearthnet.node.pipeline.wire.RingMessage;
import org.hearthnet.node.pipeline.wire.StageMessage;
import org.hearthnet.node.pipeline.wire.StageMessage.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An honest stage between a client and neighbours that are not. */
class HostileTest {
    @TempDir
    private Path directory;

    private TestNetwork network;
    private MiddleStage stage;

    @BeforeEach
    void start() throws Exception {
        network = new TestNetwork(directory, TestNetwork.CLIENT_TIMES, List.of(Setup.of(0, 6, 10)));
        stage = new MiddleStage(network);
    }

    @AfterEach
    void stop() {
        stage.close();
        network.close();
    }

    /** Opens the job, pays for the prompt, sends {@code frame} and returns how the stage ended. */
    private StageMessage.Ended endsWith(UnaryOperator<RingMessage.Activations> frame) throws Exception {
        stage.open();
        stage.pay(MiddleStage.PROMPT);
        stage.ring().send(frame.apply(stage.frame(MiddleStage.PROMPT)), TestHosts.soon());
        return stage.ended();
    }

    private static void blames(int suspect, String reason, StageMessage.Ended ended) {
        Failure failure = ended.failure().orElseThrow();
        assertEquals(suspect, failure.suspect(), failure.reason());
        assertTrue(failure.reason().contains(reason), failure.reason());
        assertEquals(0, ended.executed());
        assertTrue(ended.receipt().isEmpty());
    }

    @Test
    void aGoodFrameIsExecutedAndAcknowledged() throws Exception {
        stage.open();
        stage.pay(MiddleStage.PROMPT);
        var ring = stage.ring();
        ring.send(stage.frame(MiddleStage.PROMPT), TestHosts.soon());
        assertInstanceOf(RingMessage.Ack.class, ring.receive(TestHosts.soon()));
        var next = assertInstanceOf(RingMessage.Activations.class, stage.received());
        assertEquals(MiddleStage.PROMPT, next.positions());
        stage.send(new ClientMessage.Stop());
        StageMessage.Ended ended = stage.ended();
        assertTrue(ended.failure().isEmpty());
        Receipt receipt = ended.receipt().orElseThrow().open(network.ledger.network(), Receipt.KIND);
        assertEquals(MiddleStage.PROMPT, receipt.positions());
        assertTrue(receipt.upstream().isPresent());
        assertEquals(next.root(), receipt.outputRoot());
    }

    @Test
    void aFrameThatDoesNotFitItsRootIsNotExecuted() throws Exception {
        blames(
                0,
                "root",
                endsWith(f ->
                        new RingMessage.Activations(f.positions(), new Hash32(1, 1, 1, 1), f.signature(), f.values())));
    }

    @Test
    void aFrameWithAnothersSignatureIsNotExecuted() throws Exception {
        blames(
                0,
                "signature",
                endsWith(f -> new RingMessage.Activations(
                        f.positions(), f.root(), stage.signedBy(TestKeys.key(999)), f.values())));
    }

    @Test
    void aFrameSignedForAnotherNetworkIsNotExecuted() throws Exception {
        blames(
                0,
                "signature",
                endsWith(f -> new RingMessage.Activations(
                        f.positions(), f.root(), stage.signedForNetwork(Hash32.ZERO), f.values())));
    }

    @Test
    void aFrameOfTheWrongSizeIsNotExecuted() throws Exception {
        blames(
                0,
                "bytes",
                endsWith(f -> new RingMessage.Activations(f.positions() - 1, f.root(), f.signature(), f.values())));
    }

    @Test
    void numbersThatAreNoneAreNotExecuted() throws Exception {
        stage.fill(Float.NaN);
        blames(0, "NaN", endsWith(f -> f));
    }

    @Test
    void numbersOverTheLimitAreNotExecuted() throws Exception {
        stage.fill(1e31f);
        blames(0, "activation", endsWith(f -> f));
    }

    @Test
    void aReplayedFrameIsNotExecuted() throws Exception {
        stage.open();
        stage.pay(MiddleStage.PROMPT);
        var frame = stage.frame(MiddleStage.PROMPT);
        var ring = stage.ring();
        ring.send(frame, TestHosts.soon());
        ring.receive(TestHosts.soon());
        stage.pay(MiddleStage.PROMPT + 8);
        ring.send(frame, TestHosts.soon());
        StageMessage.Ended ended = stage.ended();
        assertEquals(0, ended.failure().orElseThrow().suspect());
        assertEquals(MiddleStage.PROMPT, ended.executed(), "what was executed before is kept and paid");
        assertTrue(ended.receipt().isPresent());
    }

    @Test
    void nothingUnpaidIsExecutedAndFloodsEnd() throws Exception {
        stage.open();
        var ring = stage.ring();
        for (int i = 0; i < 5; i++) {
            ring.send(stage.frame(MiddleStage.PROMPT), TestHosts.soon());
        }
        blames(0, "ahead", stage.ended());
    }

    @Test
    void aFrameOverTheLimitBreaksTheStream() throws Exception {
        stage.open();
        stage.pay(MiddleStage.PROMPT);
        Stream raw = stage.rawRing();
        byte[] large = new byte[Protocols.MAX_RING_BYTES + 1];
        assertThrows(P2pException.class, () -> {
            for (int i = 0; i < 100; i++) {
                new MessageStream(raw).write(large, TestHosts.soon());
            }
        });
        blames(0, "lost", stage.ended());
    }

    @Test
    void strangersAndOtherNetworksDoNotJoinTheRing() throws Exception {
        stage.open();
        var stranger = stage.ringFrom(network.client.host(), stage.job().id(), 1);
        assertThrows(P2pException.class, () -> stranger.receive(TestHosts.soon()));
        var otherJob = stage.ringFrom(stage.neighbour(), Hash32.ZERO, 1);
        assertThrows(P2pException.class, () -> otherJob.receive(TestHosts.soon()));
        String elsewhere = Protocols.ring(new Hash32(-1, 0, 0, 0));
        P2pException e = assertThrows(
                P2pException.class,
                () -> stage.neighbour()
                        .openStream(network.executors.getFirst().node().host().id(), elsewhere, TestHosts.soon()));
        assertEquals(P2pException.Reason.UNSUPPORTED, e.reason());
    }

    @Test
    void aSecondStreamForOneBoundaryIsRefused() throws Exception {
        stage.open();
        stage.pay(MiddleStage.PROMPT);
        var first = stage.ring();
        first.send(stage.frame(MiddleStage.PROMPT), TestHosts.soon());
        first.receive(TestHosts.soon());
        var second = stage.ring();
        assertThrows(P2pException.class, () -> second.receive(TestHosts.soon()));
    }

    @Test
    void aVoucherOverTheCapEndsTheJobUnpaid() throws Exception {
        stage.open();
        stage.pay(MiddleStage.PROMPT, MiddleStage.CAP.plus(Amount.of(1)));
        blames(Failure.CLIENT, "cap", stage.ended());
    }

    @Test
    void wrongAssignmentsAreRefused() throws Exception {
        refused("price", a -> stage.withPrice(9));
        refused("escrow", a -> stage.withEscrow(Hash32.ZERO));
        refused("another model", a -> stage.withManifest(Hash32.ZERO));
        refused("positions", a -> stage.withLength(100_000));
        refused("somebody else", a -> stage.atStage(0));
        refused("no stage", a -> stage.atStage(7));
        refused("no prompt", a -> stage.withPrompt());
    }

    private void refused(String reason, UnaryOperator<ClientMessage.Open> change) throws Exception {
        ClientMessage.Open open = change.apply(stage.opening());
        var message = assertInstanceOf(StageMessage.Refused.class, stage.ask(network.client.host(), open));
        assertTrue(message.reason().contains(reason), message.reason());
    }

    @Test
    void anothersAssignmentIsRefused() throws Exception {
        var message = assertInstanceOf(StageMessage.Refused.class, stage.ask(stage.neighbour(), stage.opening()));
        assertTrue(message.reason().contains("caller"), message.reason());
        KeyPair thief = TestKeys.key(999);
        Envelope forged = Envelope.seal(thief, network.ledger.network(), Assignment.KIND, stage.job());
        var second = assertInstanceOf(
                StageMessage.Refused.class,
                stage.ask(network.client.host(), new ClientMessage.Open(forged, 1, java.util.Optional.empty())));
        assertTrue(second.reason().contains("caller"), second.reason());
    }

    @Test
    void aJobIsNotRunTwiceAtOnceNorAfterwards() throws Exception {
        stage.open();
        var busy = assertInstanceOf(StageMessage.Refused.class, stage.ask(network.client.host(), stage.opening()));
        assertTrue(busy.reason().contains("another job of this escrow"), busy.reason());
        stage.pay(MiddleStage.PROMPT);
        stage.ring().send(stage.frame(MiddleStage.PROMPT), TestHosts.soon());
        stage.received();
        stage.send(new ClientMessage.Stop());
        stage.ended();
        TestHosts.await(
                "the slot is free",
                () -> network.executors.getFirst().store().receipts().size() == 1);
        StageMessage again = stage.ask(network.client.host(), stage.opening());
        while (again instanceof StageMessage.Refused r && r.reason().contains("another job")) {
            again = stage.ask(network.client.host(), stage.opening());
        }
        assertTrue(assertInstanceOf(StageMessage.Refused.class, again).reason().contains("run before"));
    }

    @Test
    void rubbishOnAControlStreamBreaksIt() throws IOException {
        Stream raw = network.client
                .host()
                .openStream(
                        network.executors.getFirst().node().host().id(),
                        Protocols.job(network.ledger.network()),
                        TestHosts.soon());
        new MessageStream(raw).write(new byte[] {9, 9, 9}, TestHosts.soon());
        assertThrows(P2pException.class, () -> assertNull(new MessageStream(raw).read(1000, TestHosts.soon())));
    }
}
