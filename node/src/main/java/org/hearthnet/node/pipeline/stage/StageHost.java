package org.hearthnet.node.pipeline.stage;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.ProtocolLimits;
import org.hearthnet.node.p2p.Stream;
import org.hearthnet.node.pipeline.LedgerPort;
import org.hearthnet.node.pipeline.LedgerPort.Claimable;
import org.hearthnet.node.pipeline.LedgerPort.EscrowTerms;
import org.hearthnet.node.pipeline.store.JobStore;
import org.hearthnet.node.pipeline.store.JournalEntry;
import org.hearthnet.node.pipeline.store.StageJournal;
import org.hearthnet.node.pipeline.wire.ClientMessage;
import org.hearthnet.node.pipeline.wire.Prompt;
import org.hearthnet.node.pipeline.wire.Protocols;
import org.hearthnet.node.pipeline.wire.RecordStream;
import org.hearthnet.node.pipeline.wire.RingMessage;
import org.hearthnet.node.pipeline.wire.StageMessage;
import org.hearthnet.node.pipeline.wire.StageMessage.Failure;

/** Serves stages of jobs on this node. */
public final class StageHost implements AutoCloseable {
    private static final ProtocolLimits LIMITS = new ProtocolLimits(16, 128);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Host host;
    private final KeyPair key;
    private final LedgerPort ledger;
    private final StageEngine engine;
    private final JobStore store;
    private final ExecutorTerms terms;
    private final StageTimes times;
    private final Consumer<String> log;
    // Stages that run, by job: this node is in a job once.
    private final Map<Hash32, StageSession> sessions = new HashMap<>();
    private final Map<Hash32, Hash32> busyEscrows = new HashMap<>();
    private boolean closed;

    /**
     * Begins to serve.
     *
     * @param log one line for people about each job
     */
    public StageHost(
            Host host,
            KeyPair key,
            LedgerPort ledger,
            StageEngine engine,
            JobStore store,
            ExecutorTerms terms,
            StageTimes times,
            Consumer<String> log) {
        this.host = host;
        this.key = key;
        this.ledger = ledger;
        this.engine = engine;
        this.store = store;
        this.terms = terms;
        this.times = times;
        this.log = log;
        host.handle(Protocols.job(ledger.network()), LIMITS, this::serveClient);
        host.handle(Protocols.ring(ledger.network()), LIMITS, this::serveRing);
    }

    /** The terms. */
    public ExecutorTerms terms() {
        return terms;
    }

    /** The engine that serves. */
    public StageEngine engine() {
        return engine;
    }

    /** Whether another stage could begin now. */
    public synchronized boolean hasFreeSlot() {
        return !closed && busyEscrows.size() < terms.slots();
    }

    private void serveClient(Stream stream) throws IOException {
        var client = RecordStream.toClient(stream);
        if (!(client.receive(Deadline.in(times.open())) instanceof ClientMessage.Open open)) {
            throw P2pException.protocol("a control stream begins with an assignment");
        }
        Assignment assignment;
        try {
            assignment = open.assignment().open(ledger.network(), Assignment.KIND);
        } catch (CodecException | IllegalArgumentException | ArithmeticException e) {
            refuse(client, "the assignment is not valid: " + e.getMessage());
            return;
        }
        var facts = new OpenCheck.Facts(key.id(), engine.manifest(), engine.held(), terms);
        Optional<String> problem = OpenCheck.assignment(facts, open, assignment, client.remote());
        if (problem.isPresent()) {
            refuse(client, problem.get());
            return;
        }
        accept(client, open, assignment, facts);
    }

    private void refuse(RecordStream<ClientMessage, StageMessage> client, String reason) throws IOException {
        String text = reason.length() > 120 ? reason.substring(0, 120) : reason;
        client.send(new StageMessage.Refused(text), Deadline.in(times.send()));
    }

    private synchronized Optional<String> reserve(Assignment assignment) {
        if (closed || !ledger.isVeteran(key.id())) {
            return Optional.of("this node does not execute now");
        }
        if (busyEscrows.size() >= terms.slots()) {
            return Optional.of("all " + terms.slots() + " slots are taken");
        }
        // Vouchers are cumulative over an escrow, so two jobs at once could not tell what is paid for which.
        return busyEscrows.putIfAbsent(assignment.escrow(), assignment.id()) == null
                ? Optional.empty()
                : Optional.of("another job of this escrow is running here");
    }

    private synchronized void release(Assignment assignment) {
        busyEscrows.remove(assignment.escrow(), assignment.id());
        sessions.remove(assignment.id());
        notifyAll();
    }

    /** A slot is taken last: whoever only pretends to pay must not keep others out. */
    private void accept(
            RecordStream<ClientMessage, StageMessage> client,
            ClientMessage.Open open,
            Assignment assignment,
            OpenCheck.Facts facts)
            throws IOException {
        Optional<EscrowTerms> escrow = awaitEscrow(assignment.escrow());
        Optional<String> problem = escrow.isEmpty()
                ? Optional.of("the escrow is not on the ledger")
                : OpenCheck.payment(
                        facts, assignment, open.stage(), escrow.get(), ledger.height(), ledger.exposureCap(key.id()));
        problem = problem.or(() -> reserve(assignment));
        if (problem.isPresent()) {
            refuse(client, problem.get());
            return;
        }
        try {
            run(client, open, assignment, escrow.orElseThrow());
        } catch (IllegalStateException e) {
            refuse(client, String.valueOf(e.getMessage()));
        } finally {
            release(assignment);
        }
    }

    /** The client may have seen a block that this node has yet to see. */
    private Optional<EscrowTerms> awaitEscrow(Hash32 id) throws IOException {
        Deadline deadline = Deadline.in(times.escrow());
        Optional<EscrowTerms> found = ledger.escrow(id);
        try {
            while (found.isEmpty() && !deadline.expired()) {
                Thread.sleep(POLL);
                found = ledger.escrow(id);
            }
        } catch (InterruptedException e) {
            throw P2pException.interrupted("waiting for an escrow");
        }
        return found;
    }

    private void run(
            RecordStream<ClientMessage, StageMessage> client,
            ClientMessage.Open open,
            Assignment assignment,
            EscrowTerms escrow)
            throws IOException {
        Claimable share = escrow.of(key.id()).orElseThrow();
        Amount kept = store.earned(assignment.escrow());
        Amount before = kept.compareTo(share.redeemed()) > 0 ? kept : share.redeemed();
        var context = StageContext.of(
                ledger.network(),
                key,
                assignment,
                open.stage(),
                engine.manifest().shape());
        StageEngine.Run run = engine.start(assignment, open.stage());
        StageJournal journal;
        try {
            journal = store.begin(new JournalEntry.Opened(open.assignment(), open.stage(), open.prompt()));
        } catch (IOException e) {
            run.close();
            refuse(client, String.valueOf(e.getMessage()));
            return;
        }
        var session = new StageSession(
                context,
                run,
                journal,
                new PaymentGate(ledger.network(), assignment, open.stage(), share.cap(), before),
                client,
                (c, t, mailbox) -> new RingLink(host, c, t, mailbox),
                times,
                open.prompt().map(Prompt::ids).orElse(new int[0]));
        synchronized (this) {
            sessions.put(assignment.id(), session);
        }
        Thread reader = Thread.ofVirtual()
                .name("stage-control-" + assignment.id().shortHex())
                .start(() -> readClient(client, session));
        log.accept("stage " + open.stage() + " (layers "
                + assignment.stages().get(open.stage()).layers() + ") of job "
                + assignment.id().shortHex() + " begins");
        Optional<Failure> failure = session.run();
        reader.interrupt();
        log.accept("stage " + open.stage() + " of job " + assignment.id().shortHex() + ": "
                + journal.account().executed() + " positions, "
                + failure.map(Failure::reason).orElse("done"));
    }

    private static void readClient(RecordStream<ClientMessage, StageMessage> client, StageSession session) {
        try {
            for (ClientMessage m = client.receive(Deadline.never()); m != null; m = client.receive(Deadline.never())) {
                session.deliver(
                        switch (m) {
                            case ClientMessage.Pay pay -> new StageEvent.Paid(pay);
                            case ClientMessage.Stop ignored -> new StageEvent.Stopped();
                            case ClientMessage.Open ignored ->
                                new StageEvent.Lost(Failure.CLIENT, "the client sent a second assignment");
                        });
            }
            session.deliver(new StageEvent.Lost(Failure.CLIENT, "the client hung up"));
        } catch (IOException e) {
            session.deliver(new StageEvent.Lost(Failure.CLIENT, "the client is lost: " + e.getMessage()));
        }
    }

    private void serveRing(Stream stream) throws IOException {
        var ring = RecordStream.ring(stream);
        if (!(ring.receive(Deadline.in(times.open())) instanceof RingMessage.Join join)) {
            throw P2pException.protocol("a ring stream begins with the boundary it is for");
        }
        StageSession session;
        synchronized (this) {
            session = sessions.get(join.job());
        }
        if (session == null || session.context().stage() != join.boundary()) {
            throw P2pException.protocol("no such boundary is open here");
        }
        StageContext context = session.context();
        if (!context.executor(context.upstream()).equals(ring.remote())) {
            throw P2pException.protocol("this boundary is another node's");
        }
        session.serveUpstream(ring);
    }

    /** Ends what runs, with receipts. */
    @Override
    public void close() {
        List<StageSession> running;
        synchronized (this) {
            closed = true;
            running = new ArrayList<>(sessions.values());
        }
        host.unhandle(Protocols.job(ledger.network()));
        host.unhandle(Protocols.ring(ledger.network()));
        for (StageSession session : running) {
            session.deliver(new StageEvent.Lost(session.context().stage(), "the executor is shutting down"));
        }
        awaitIdle(Deadline.in(times.settle().plus(times.settle()).plusSeconds(1)));
    }

    private synchronized void awaitIdle(Deadline deadline) {
        try {
            while (!busyEscrows.isEmpty() && !deadline.expired()) {
                wait(Math.max(1, deadline.remainingMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
