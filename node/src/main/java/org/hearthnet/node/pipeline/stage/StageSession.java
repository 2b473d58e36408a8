package org.hearthnet.node.pipeline.stage;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.hearthnet.genesis.arithmetic.PoisonException;
import org.hearthnet.genesis.crypto.Envelope;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.pipeline.store.JournalEntry;
import org.hearthnet.node.pipeline.store.StageJournal;
import org.hearthnet.node.pipeline.wire.ClientMessage;
import org.hearthnet.node.pipeline.wire.RecordStream;
import org.hearthnet.node.pipeline.wire.RingMessage;
import org.hearthnet.node.pipeline.wire.StageMessage;
import org.hearthnet.node.pipeline.wire.StageMessage.Failure;
import org.jspecify.annotations.Nullable;

/**
 * One stage of one job while it runs. Everything from outside comes through one bounded mailbox to one thread, which
 * executes what is both here and paid, writes it down, and only then answers it.
 */
final class StageSession {
    private static final int MAILBOX = 16;

    private final StageContext context;
    private final StageEngine.Run run;
    private final StageJournal journal;
    private final PaymentGate gate;
    private final RecordStream<ClientMessage, StageMessage> client;
    private final StageTimes times;
    private final BlockingQueue<StageEvent> mailbox = new ArrayBlockingQueue<>(MAILBOX);
    private final AtomicReference<@Nullable RecordStream<RingMessage, RingMessage>> upstream = new AtomicReference<>();
    private final InputSide input;
    private final OutputSide output;
    private final @Nullable RingLink link;
    private int executed;
    private boolean stopped;
    private StageEvent.@Nullable Lost lost;
    private volatile boolean over;

    StageSession(
            StageContext context,
            StageEngine.Run run,
            StageJournal journal,
            PaymentGate gate,
            RecordStream<ClientMessage, StageMessage> client,
            Links links,
            StageTimes times,
            int[] prompt) {
        this.context = context;
        this.run = run;
        this.journal = journal;
        this.gate = gate;
        this.client = client;
        this.times = times;
        this.link = context.isAlone() ? null : links.open(context, times, this::deliver);
        TokenInput tokens = context.isFirst() ? new TokenInput(context, prompt) : null;
        this.input = tokens == null ? new ActivationInput(context) : tokens;
        this.output = context.isLast() || link == null
                ? new TokenOutput(context, prompt, this::tell, link, context.isAlone() ? tokens : null)
                : new ActivationOutput(context, link);
    }

    /** Makes the link to the next stage. */
    @FunctionalInterface
    interface Links {
        RingLink open(StageContext context, StageTimes times, java.util.function.Consumer<StageEvent> mailbox);
    }

    StageContext context() {
        return context;
    }

    /** Puts an event into the mailbox; waits while it is full, which slows the sender down. */
    void deliver(StageEvent event) {
        try {
            boolean taken = false;
            while (!taken && !over) {
                taken = mailbox.offer(event, 100, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the ring stream of the stage before until it ends; there can be only one. */
    void serveUpstream(RecordStream<RingMessage, RingMessage> stream) throws IOException {
        if (!upstream.compareAndSet(null, stream)) {
            throw new IOException("a second stream for one boundary");
        }
        String who = "stage " + context.upstream();
        try {
            for (RingMessage m = stream.receive(Deadline.never());
                    m != null && !over;
                    m = stream.receive(Deadline.never())) {
                deliver(new StageEvent.Arrived(m));
            }
            deliver(new StageEvent.Lost(context.upstream(), who + " hung up"));
        } catch (IOException e) {
            deliver(new StageEvent.Lost(context.upstream(), who + " is lost: " + e.getMessage()));
            throw e;
        }
    }

    /** Runs to the end and tells the client the outcome. Returns what went wrong, if anything did. */
    Optional<Failure> run() {
        Optional<Failure> failure = Optional.empty();
        try {
            begin();
            work();
            settle();
        } catch (StageFailure e) {
            failure = Optional.of(failure(e.suspect(), e.reason()));
        } catch (PoisonException | IllegalStateException e) {
            failure = Optional.of(failure(context.stage(), "stage " + context.stage() + ": " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = Optional.of(failure(context.stage(), "stage " + context.stage() + " is shutting down"));
        } finally {
            over = true;
            run.close();
        }
        return finish(failure);
    }

    private void begin() throws StageFailure {
        try {
            tell(new StageMessage.Accepted());
        } catch (IOException e) {
            throw new StageFailure(Failure.CLIENT, "the client is lost: " + e.getMessage());
        }
    }

    private static Failure failure(int suspect, String reason) {
        return new Failure(suspect, reason.length() > 120 ? reason.substring(0, 120) : reason);
    }

    private void work() throws StageFailure, InterruptedException {
        Deadline idle = Deadline.in(times.idle());
        while (!stopped) {
            OptionalInt end = output.complete() ? OptionalInt.empty() : input.ready(executed, gate.paid());
            if (end.isPresent()) {
                execute(end.getAsInt());
                idle = Deadline.in(times.idle());
            }
            // While there is work, only look whether something arrived.
            long waitMs = end.isPresent() ? 0 : idle.remainingMillis();
            StageEvent event = mailbox.poll(waitMs, TimeUnit.MILLISECONDS);
            if (event != null) {
                handle(event);
                idle = idle.orIn(lost == null ? times.idle() : times.settle());
            } else if (idle.expired()) {
                throw lost == null ? stalled() : new StageFailure(lost.suspect(), lost.reason());
            }
        }
    }

    private StageFailure stalled() {
        boolean unpaid = gate.paid() <= executed || output.complete();
        return new StageFailure(
                unpaid ? Failure.CLIENT : context.upstream(),
                unpaid ? "the client neither paid nor stopped" : "stage " + context.upstream() + " sent nothing");
    }

    private void handle(StageEvent event) throws StageFailure {
        switch (event) {
            case StageEvent.Paid paid -> accept(paid.pay());
            case StageEvent.Stopped ignored -> stopped = true;
            case StageEvent.Arrived arrived -> input.arrive(arrived.frame());
            case StageEvent.Acknowledged ack -> acknowledged(ack.ack());
            case StageEvent.Lost gone -> {
                if (gone.suspect() == Failure.CLIENT) {
                    throw new StageFailure(Failure.CLIENT, gone.reason());
                }
                // Neighbours that were told to stop hang up: this stage may be about to hear the same.
                lost = lost == null ? gone : lost;
            }
        }
    }

    private void accept(ClientMessage.Pay pay) throws StageFailure {
        Optional<String> problem = gate.accept(pay.voucher(), pay.signature());
        if (problem.isPresent()) {
            throw new StageFailure(Failure.CLIENT, problem.get());
        }
        if (context.isLast() && !pay.voucher().tokenRoot().equals(output.root())) {
            throw new StageFailure(Failure.CLIENT, "a voucher for other tokens than this stage drew");
        }
        write(() -> journal.paid(new JournalEntry.Paid(pay.voucher(), pay.signature())));
    }

    private void execute(int end) throws StageFailure, InterruptedException {
        InputSide.Checked checked = input.take(executed, end);
        StageEngine.Frame frame = run.run(checked.input());
        output.add(frame, end);
        executed = end;
        write(() -> journal.executed(new JournalEntry.Executed(
                end,
                checked.bytes(),
                input.root(),
                input.upstream(),
                output.root(),
                frame.token().orElse(-1),
                frame.traces())));
        try {
            output.send();
        } catch (IOException e) {
            throw new StageFailure(
                    context.downstream(), "stage " + context.downstream() + " cannot be reached: " + e.getMessage());
        }
        if (context.schedule().isEnd(end)) {
            acknowledge();
        }
    }

    private void acknowledge() throws StageFailure {
        RecordStream<RingMessage, RingMessage> to = upstream.get();
        Optional<RingMessage.Ack> ack = input.acknowledge();
        if (to == null || ack.isEmpty()) {
            return;
        }
        try {
            to.send(ack.get(), Deadline.in(times.send()));
        } catch (IOException e) {
            // Its loss is its own: only the sender's receipt lacks the signature.
            lost = lost == null
                    ? new StageEvent.Lost(context.upstream(), "stage " + context.upstream() + ": " + e.getMessage())
                    : lost;
        }
    }

    private void acknowledged(RingMessage.Ack ack) throws StageFailure {
        if (output.accept(ack)) {
            write(() -> journal.acknowledged(new JournalEntry.Acknowledged(executed, ack.signature())));
        }
    }

    /** The neighbours sign for the newest state; whoever is late is not waited for. */
    private void settle() throws StageFailure, InterruptedException {
        if (executed == 0) {
            return;
        }
        acknowledge();
        Deadline deadline = Deadline.in(times.settle());
        while (!output.isAcknowledged() && !deadline.expired()) {
            StageEvent event = mailbox.poll(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
            if (event instanceof StageEvent.Acknowledged ack) {
                acknowledged(ack.ack());
            } else if (event instanceof StageEvent.Lost gone && gone.suspect() == context.downstream()) {
                return;
            }
        }
    }

    private Optional<Failure> finish(Optional<Failure> failure) {
        Optional<Failure> outcome = failure;
        try {
            journal.close();
        } catch (IOException e) {
            outcome = Optional.of(failure(context.stage(), "the journal cannot be closed: " + e.getMessage()));
        }
        Optional<Receipt> receipt = journal.account().closed();
        try (client) {
            tell(new StageMessage.Ended(
                    executed,
                    receipt.map(r -> Envelope.seal(context.key(), context.network(), Receipt.KIND, r)),
                    outcome));
        } catch (IOException e) {
            // The client is gone; what is owed is in the journal.
            outcome = outcome.or(() -> Optional.of(failure(Failure.CLIENT, "the client is gone")));
        }
        if (link != null) {
            link.close();
        }
        RecordStream<RingMessage, RingMessage> from = upstream.get();
        if (from != null) {
            from.close();
        }
        return outcome;
    }

    private void tell(StageMessage message) throws IOException {
        Duration patience = times.send();
        client.send(message, Deadline.in(patience));
    }

    /** Something that writes to the journal. */
    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private void write(Writing writing) throws StageFailure {
        try {
            writing.run();
        } catch (IOException e) {
            throw new StageFailure(context.stage(), "stage " + context.stage() + " cannot write: " + e.getMessage());
        }
    }
}
