package org.hearthnet.node.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hearthnet.genesis.crypto.Envelope;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.crypto.Signature;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Bytes;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.proof.Commitments;
import org.hearthnet.genesis.proof.VectorRoot;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.BoundaryStatement;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.protocol.SamplerSettings;
import org.hearthnet.genesis.protocol.Stage;
import org.hearthnet.genesis.protocol.Voucher;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.Stream;
import org.hearthnet.node.p2p.TestHosts;
import org.hearthnet.node.pipeline.wire.BoundaryLine;
import org.hearthnet.node.pipeline.wire.ClientMessage;
import org.hearthnet.node.pipeline.wire.Prompt;
import org.hearthnet.node.pipeline.wire.Protocols;
import org.hearthnet.node.pipeline.wire.RecordStream;
import org.hearthnet.node.pipeline.wire.RingMessage;
import org.hearthnet.node.pipeline.wire.StageMessage;

/** A test's hands around an executor's stage: the client, the stage before and the stage after. */
final class MiddleStage implements AutoCloseable {
    static final int PROMPT = 5;
    static final Amount CAP = Amount.of(10_000);
    private static final int ANSWER = 30;
    private static final KeyPair BEFORE = TestKeys.key(301);
    private static final KeyPair AFTER = TestKeys.key(302);

    private final TestNetwork network;
    private final TestNetwork.Member before;
    private final TestNetwork.Member after;
    private final TestNetwork.Executor executor;
    private final LinkedBlockingQueue<RingMessage> received = new LinkedBlockingQueue<>();
    private final Assignment job;
    private final BoundaryLine line;
    private RecordStream<StageMessage, ClientMessage> control;
    private float value = 0.25f;

    MiddleStage(TestNetwork network) throws Exception {
        this.network = network;
        this.before = network.member(BEFORE);
        this.after = network.member(AFTER);
        this.executor = network.executors.getFirst();
        after.host().handle(Protocols.ring(network.ledger.network()), this::receive);
        before.host().dial(TestHosts.address(executor.node().host()), TestHosts.soon());
        Hash32 escrow = network.ledger
                .port(network.client.key())
                .openEscrow(List.of(new LedgerPort.Cap(executor.node().key().id(), CAP)), 100, Duration.ofSeconds(10));
        this.job = assignment(10, escrow, TestModel.MANIFEST.id(), ANSWER);
        this.line = new BoundaryLine(network.ledger.network(), job.id(), 1);
    }

    private Assignment assignment(long price, Hash32 escrow, Hash32 manifest, int answer) {
        return new Assignment(
                Hash32.ZERO,
                network.client.key().id(),
                escrow,
                manifest,
                TestModel.MANIFEST.arithmeticVersion(),
                new SamplerSettings(0, 0, 1, 1),
                PROMPT,
                answer,
                Hash32.ZERO,
                List.of(
                        stage(before, new LayerSpan(0, 2), 10),
                        stage(executor.node(), new LayerSpan(2, 4), price),
                        stage(after, new LayerSpan(4, 6), 10)));
    }

    private static Stage stage(TestNetwork.Member member, LayerSpan span, long price) {
        return new Stage(
                member.key().id(),
                span,
                price,
                List.of(TestHosts.address(member.host()).toString()));
    }

    private void receive(Stream stream) throws IOException {
        var ring = RecordStream.ring(stream);
        for (RingMessage m = ring.receive(Deadline.never()); m != null; m = ring.receive(Deadline.never())) {
            received.add(m);
        }
    }

    Assignment job() {
        return job;
    }

    Host neighbour() {
        return before.host();
    }

    // What a client may ask.

    ClientMessage.Open opening() {
        return opening(job, 1);
    }

    private ClientMessage.Open opening(Assignment assignment, int number) {
        return new ClientMessage.Open(
                Envelope.seal(network.client.key(), network.ledger.network(), Assignment.KIND, assignment),
                number,
                Optional.empty());
    }

    ClientMessage.Open withPrice(long price) {
        return opening(assignment(price, job.escrow(), job.manifest(), ANSWER), 1);
    }

    ClientMessage.Open withEscrow(Hash32 escrow) {
        return opening(assignment(10, escrow, job.manifest(), ANSWER), 1);
    }

    ClientMessage.Open withManifest(Hash32 manifest) {
        return opening(assignment(10, job.escrow(), manifest, ANSWER), 1);
    }

    ClientMessage.Open withLength(int answer) {
        return opening(assignment(10, job.escrow(), job.manifest(), answer), 1);
    }

    ClientMessage.Open atStage(int number) {
        return opening(job, number);
    }

    ClientMessage.Open withPrompt() {
        ClientMessage.Open open = opening();
        return new ClientMessage.Open(open.assignment(), 1, Optional.of(Prompt.of(Hash32.ZERO, new int[PROMPT])));
    }

    StageMessage ask(Host from, ClientMessage.Open open) throws IOException {
        try (var asking = controlFrom(from)) {
            asking.send(open, TestHosts.soon());
            return asking.receive(TestHosts.soon());
        }
    }

    private RecordStream<StageMessage, ClientMessage> controlFrom(Host host) throws IOException {
        return RecordStream.toStage(host.openStream(
                executor.node().host().id(), Protocols.job(network.ledger.network()), TestHosts.soon()));
    }

    void open() throws IOException {
        control = controlFrom(network.client.host());
        control.send(opening(), TestHosts.soon());
        if (!(control.receive(TestHosts.soon()) instanceof StageMessage.Accepted)) {
            throw new IllegalStateException("the stage did not accept");
        }
    }

    void pay(int positions) throws IOException {
        pay(positions, job.fee(1, positions));
    }

    void pay(int positions, Amount cumulative) throws IOException {
        var voucher =
                new Voucher(job.escrow(), job.id(), executor.node().key().id(), cumulative, positions, Hash32.ZERO);
        send(new ClientMessage.Pay(
                voucher, Voucher.KIND.sign(network.client.key(), network.ledger.network(), voucher)));
    }

    void send(ClientMessage message) throws IOException {
        control.send(message, TestHosts.soon());
    }

    StageMessage.Ended ended() throws IOException {
        StageMessage message = control.receive(TestHosts.soon());
        while (!(message instanceof StageMessage.Ended)) {
            message = control.receive(TestHosts.soon());
        }
        return (StageMessage.Ended) message;
    }

    // What a stage before may send.

    void fill(float other) {
        value = other;
    }

    /** The next {@code count} positions with the right root and signature. */
    RingMessage.Activations frame(int count) {
        int hidden = TestModel.MANIFEST.shape().hidden();
        float[] values = new float[count * hidden];
        Arrays.fill(values, value);
        List<Hash32> leaves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leaves.add(Commitments.boundary(line.positions() + i, VectorRoot.of(values, i * hidden, hidden)));
        }
        line.append(leaves);
        return new RingMessage.Activations(
                line.positions(),
                line.root(),
                line.sign(BEFORE),
                Bytes.owned(VectorRoot.bytes(values, 0, values.length)));
    }

    Signature signedBy(KeyPair key) {
        return line.sign(key);
    }

    Signature signedForNetwork(Hash32 other) {
        return BoundaryStatement.KIND.sign(BEFORE, other, line.statement());
    }

    RecordStream<RingMessage, RingMessage> ring() throws IOException {
        return ringFrom(before.host(), job.id(), 1);
    }

    RecordStream<RingMessage, RingMessage> ringFrom(Host host, Hash32 id, int boundary) throws IOException {
        var ring = RecordStream.ring(host.openStream(
                executor.node().host().id(), Protocols.ring(network.ledger.network()), TestHosts.soon()));
        ring.send(new RingMessage.Join(id, boundary), TestHosts.soon());
        return ring;
    }

    Stream rawRing() throws IOException {
        Stream stream = before.host()
                .openStream(executor.node().host().id(), Protocols.ring(network.ledger.network()), TestHosts.soon());
        RecordStream.ring(stream).send(new RingMessage.Join(job.id(), 1), TestHosts.soon());
        return stream;
    }

    /** What the stage after got, its greeting left out. */
    RingMessage received() throws InterruptedException {
        RingMessage message = received.poll(60, TimeUnit.SECONDS);
        return message instanceof RingMessage.Join ? received.poll(60, TimeUnit.SECONDS) : message;
    }

    @Override
    public void close() {
        before.close();
        after.close();
    }
}
