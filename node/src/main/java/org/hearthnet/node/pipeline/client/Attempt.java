package org.hearthnet.node.pipeline.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.crypto.Envelope;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.Assignment;
import org.hearthnet.genesis.protocol.Receipt;
import org.hearthnet.genesis.protocol.Stage;
import org.hearthnet.genesis.protocol.Voucher;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.pipeline.plan.IntervalSchedule;
import org.hearthnet.node.pipeline.wire.ClientMessage;
import org.hearthnet.node.pipeline.wire.Prompt;
import org.hearthnet.node.pipeline.wire.Protocols;
import org.hearthnet.node.pipeline.wire.StageMessage;

/** One run of one pipeline: calls its stages, pays interval by interval, checks and hands on the tokens. */
final class Attempt {
    private final Host host;
    private final KeyPair key;
    private final Hash32 network;
    private final Assignment assignment;
    private final Hash32 job;
    private final Purse purse;
    private final JobTimes times;
    private final IntervalSchedule schedule;
    private final TokenLine tokens;
    private final LinkedBlockingQueue<Event> mailbox = new LinkedBlockingQueue<>(256);
    private final List<StageCall> calls = new ArrayList<>();
    private final Map<Integer, StageMessage.Ended> ended = new HashMap<>();
    private final Set<Integer> lost = new HashSet<>();
    private final Map<NodeId, Amount> before = new HashMap<>();
    private int paid;

    private sealed interface Event {
        int stage();
    }

    private record Said(int stage, StageMessage message) implements Event {}

    private record Hung(int stage) implements Event {}

    /** Why it ended early, and who is not to be used again. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Set<NodeId> suspects;

        Failed(Set<NodeId> suspects, String reason) {
            super(reason);
            this.suspects = suspects;
        }

        Set<NodeId> suspects() {
            return suspects;
        }
    }

    Attempt(
            Host host,
            KeyPair key,
            Hash32 network,
            Assignment assignment,
            Purse purse,
            JobTimes times,
            IntervalSchedule schedule,
            TokenLine tokens) {
        this.host = host;
        this.key = key;
        this.network = network;
        this.assignment = assignment;
        this.job = assignment.id();
        this.purse = purse;
        this.times = times;
        this.schedule = schedule;
        this.tokens = tokens;
        assignment.stages().forEach(s -> before.put(s.executor(), purse.promised(s.executor())));
    }

    /** Runs to the end of the answer. Either way {@link #receipts} has the stages' accounts afterwards. */
    void run(Prompt prompt, JobListener listener) throws Failed, InterruptedException {
        try {
            open(prompt);
            pay();
            while (!tokens.complete() && !listener.enough()) {
                step(listener);
            }
            stop();
        } catch (Failed e) {
            stop();
            throw new Failed(refine(e.suspects()), String.valueOf(e.getMessage()));
        } finally {
            calls.forEach(StageCall::close);
        }
    }

    private void open(Prompt prompt) throws Failed {
        Envelope envelope = Envelope.seal(key, network, Assignment.KIND, assignment);
        Deadline deadline = Deadline.in(times.open());
        for (int i = 0; i < assignment.stages().size(); i++) {
            boolean sees = i == 0 || assignment.isLast(i);
            var open = new ClientMessage.Open(envelope, i, sees ? Optional.of(prompt) : Optional.empty());
            Stage stage = assignment.stages().get(i);
            int number = i;
            try {
                StageCall call = StageCall.open(host, Protocols.job(network), stage, open, deadline);
                calls.add(call);
                call.listen(m -> put(new Said(number, m)), () -> put(new Hung(number)));
            } catch (StageCall.Refusal e) {
                throw fail(i, stage.executor().shortHex() + " refused stage " + i + ": " + e.getMessage());
            } catch (IOException e) {
                throw fail(i, stage.executor().shortHex() + " cannot be reached: " + e.getMessage());
            }
        }
    }

    private void put(Event event) {
        try {
            mailbox.offer(event, times.token().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step(JobListener listener) throws Failed, InterruptedException {
        Event event = mailbox.poll(times.token().toMillis(), TimeUnit.MILLISECONDS);
        switch (event) {
            case null ->
                throw new Failed(Set.of(), "no token within " + times.token().toSeconds() + " s");
            case Hung hung -> {
                lost.add(hung.stage());
                throw fail(hung.stage(), name(hung.stage()) + " is gone");
            }
            case Said(int stage, StageMessage.Progress progress) -> progress(stage, progress, listener);
            case Said(int stage, StageMessage.Ended end) -> {
                ended.put(stage, end);
                throw early(stage, end);
            }
            case Said(int stage, StageMessage.Accepted ignored) -> throw fail(stage, name(stage) + " accepted twice");
            case Said(int stage, StageMessage.Refused ignored) -> throw fail(stage, name(stage) + " refused too late");
        }
    }

    private void progress(int stage, StageMessage.Progress progress, JobListener listener) throws Failed {
        if (!assignment.isLast(stage) || progress.executed() > paid) {
            throw fail(stage, name(stage) + " claims progress that is not its own");
        }
        Optional<String> problem = tokens.take(progress);
        if (problem.isPresent()) {
            throw fail(stage, name(stage) + " " + problem.get());
        }
        progress.token().ifPresent(t -> listener.token(t.token()));
        if (progress.executed() == paid && !tokens.complete() && !listener.enough()) {
            pay();
        }
    }

    private void pay() throws Failed {
        int next = schedule.next(paid);
        for (int i = 0; i < calls.size(); i++) {
            NodeId executor = assignment.stages().get(i).executor();
            Amount cumulative = before.getOrDefault(executor, Amount.ZERO).plus(assignment.fee(i, next));
            Amount promise = purse.promise(executor, cumulative)
                    .orElseThrow(
                            () -> new Failed(Set.of(executor), "the cap for " + executor.shortHex() + " is used up"));
            var voucher = new Voucher(purse.escrow(), job, executor, promise, next, tokens.root());
            try {
                calls.get(i)
                        .send(
                                new ClientMessage.Pay(voucher, Voucher.KIND.sign(key, network, voucher)),
                                Deadline.in(times.open()));
            } catch (IOException e) {
                throw fail(i, name(i) + " is gone: " + e.getMessage());
            }
        }
        paid = next;
    }

    /** Asks all stages for their accounts and waits for them. */
    private void stop() throws InterruptedException {
        for (StageCall call : calls) {
            try {
                call.send(new ClientMessage.Stop(), Deadline.in(Duration.ofSeconds(1)));
            } catch (IOException e) {
                continue; // it is gone, which its reader finds out too
            }
        }
        Deadline deadline = Deadline.in(times.finish());
        while (ended.size() + lost.size() < calls.size() && !deadline.expired()) {
            switch (mailbox.poll(Math.max(1, deadline.remainingMillis()), TimeUnit.MILLISECONDS)) {
                case Said(int stage, StageMessage.Ended end) -> ended.put(stage, end);
                case Hung hung when !ended.containsKey(hung.stage()) -> lost.add(hung.stage());
                case null, default -> {}
            }
        }
    }

    /** The stages' receipts that are what they should be. */
    List<Optional<Receipt>> receipts() {
        List<Optional<Receipt>> out = new ArrayList<>();
        for (int i = 0; i < assignment.stages().size(); i++) {
            int stage = i;
            out.add(Optional.ofNullable(ended.get(i))
                    .flatMap(StageMessage.Ended::receipt)
                    .flatMap(e -> open(e, stage)));
        }
        return out;
    }

    private Optional<Receipt> open(Envelope envelope, int stage) {
        try {
            Receipt receipt = envelope.open(network, Receipt.KIND);
            boolean fits = receipt.job().equals(job)
                    && receipt.stage() == stage
                    && envelope.signer().equals(assignment.stages().get(stage).executor())
                    && receipt.positions() <= paid
                    && receipt.fee().equals(assignment.fee(stage, receipt.positions()));
            return fits ? Optional.of(receipt) : Optional.empty();
        } catch (CodecException | IllegalArgumentException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private Failed early(int stage, StageMessage.Ended end) {
        if (end.failure().isEmpty()) {
            return fail(stage, name(stage) + " stopped before the end");
        }
        StageMessage.Failure failure = end.failure().get();
        boolean named = failure.suspect() >= 0
                && failure.suspect() < assignment.stages().size();
        return fail(named ? failure.suspect() : stage, name(stage) + " reports: " + failure.reason());
    }

    private Failed fail(int stage, String reason) {
        return new Failed(Set.of(assignment.stages().get(stage).executor()), reason);
    }

    private String name(int stage) {
        return "stage " + stage + " ("
                + assignment.stages().get(stage).executor().shortHex() + ")";
    }

    /**
     * Who to leave out. A stage that is gone explains what others report of it; if all are silent about a stall, the first
     * that executed less than the one before it stopped the ring.
     */
    private Set<NodeId> refine(Set<NodeId> suspects) {
        Set<NodeId> gone = new HashSet<>();
        for (int i = 0; i < calls.size(); i++) {
            if (!ended.containsKey(i)) {
                gone.add(assignment.stages().get(i).executor());
            }
        }
        if (!gone.isEmpty()) {
            return gone;
        }
        if (!suspects.isEmpty()) {
            return suspects;
        }
        int slow = calls.size() - 1;
        for (int i = calls.size() - 1; i > 0; i--) {
            StageMessage.Ended here = ended.get(i);
            StageMessage.Ended there = ended.get(i - 1);
            if (here != null && there != null && here.executed() < there.executed()) {
                slow = i;
            }
        }
        return Set.of(assignment.stages().get(Math.max(0, slow)).executor());
    }
}
