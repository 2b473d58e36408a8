package org.hearthnet.node.service.duty;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.proof.DisputeState;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.state.Dispute;
import org.hearthnet.ledger.state.Duty;
import org.hearthnet.ledger.store.LedgerView;
import org.hearthnet.node.chain.ChainListener;
import org.hearthnet.node.chain.ChainService;
import org.hearthnet.node.chain.TransactionOutcome;
import org.hearthnet.node.log.NodeLog;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.pipeline.store.JobStore;
import org.hearthnet.node.service.plan.DutyAction;
import org.hearthnet.node.service.plan.DutyCase;
import org.hearthnet.node.service.plan.DutyLimits;
import org.hearthnet.node.service.plan.DutyPlanner;
import org.hearthnet.node.service.plan.DutyStep;
import org.hearthnet.node.service.plan.DutyView;
import org.hearthnet.node.service.plan.Progress;

/**
 * The shell around {@link DutyPlanner}: after every block, and whenever something has ended, it reads this node's duties
 * from the ledger, plans, and lets workers do what is planned. What a worker makes is a transaction.
 */
public final class DutyService implements AutoCloseable {
    /** Most open duties looked at; more than a node can have time for. */
    static final int MAX_CASES = 1024;

    private static final Duration OUTCOME_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration LONGEST_FETCH = Duration.ofMinutes(5);
    private static final Duration SHORTEST_FETCH = Duration.ofSeconds(2);
    private static final NodeLog LOG = NodeLog.of("duty");

    private final ChainService chain;
    private final DutyLimits limits;
    private final DutyPlanner planner;
    private final ProgressBook book = new ProgressBook();
    private final Tags tags;
    private final KeptInputs kept;
    private final InputServer server;
    private final VerifierWork verifiers;
    private final ExecutorWork executors;
    private final DisputeWork disputes;
    private final int workers;
    private final ExecutorService pool;
    private final AtomicInteger busy = new AtomicInteger();
    private final BlockingQueue<Boolean> wake = new ArrayBlockingQueue<>(1);
    private final ChainListener listener = (block, events) -> wake();
    private final Thread loop;
    private volatile boolean closed;

    /**
     * What a node is made of.
     *
     * @param directory where inputs of disputed receipts are kept
     * @param workers stages that are executed again at one time
     * @param withheld duties whose inputs a planted fault does not serve
     * @param seek asks where a node is reached
     */
    public record Setup(
            ChainService chain,
            KeyPair key,
            Host host,
            JobStore store,
            Workbench bench,
            Path directory,
            int workers,
            Predicate<Hash32> withheld,
            Consumer<NodeId> seek) {}

    private DutyService(Setup setup) throws IOException {
        this.chain = setup.chain;
        this.limits = DutyLimits.of(chain.spec().parameters());
        this.planner = new DutyPlanner(chain.account(), limits);
        this.tags = new Tags(setup.key);
        this.kept = new KeptInputs(setup.directory);
        this.server = new InputServer(setup.host, chain, setup.store, setup.withheld);
        var fetcher = new InputFetcher(setup.host, chain.network(), setup.bench.manifest(), setup.seek);
        this.verifiers = new VerifierWork(chain.account(), fetcher, setup.bench, tags, kept);
        this.executors = new ExecutorWork(setup.store);
        this.disputes = new DisputeWork(chain.network(), setup.bench, executors, verifiers);
        this.workers = setup.workers;
        this.pool = Executors.newFixedThreadPool(
                workers, Thread.ofPlatform().daemon().name("hearth-duty-", 0).factory());
        this.loop = Thread.ofVirtual().name("hearth-duties").unstarted(this::run);
    }

    /** Begins with whatever the ledger already waits for. */
    public static DutyService start(Setup setup) throws IOException {
        DutyService service = new DutyService(setup);
        service.chain.addListener(service.listener);
        service.wake();
        service.loop.start();
        return service;
    }

    /** Plans soon; several calls before that are one. */
    private void wake() {
        wake.offer(true);
    }

    private void run() {
        try {
            while (!closed) {
                wake.take();
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        try {
            DutyView view = chain.read(this::view);
            Set<DutyStep> waiting = new HashSet<>();
            view.cases().forEach(c -> planner.step(c).ifPresent(waiting::add));
            forgetOthers(view);
            int free = Math.max(0, workers - busy.get());
            planner.plan(view, book.retain(waiting), free).forEach(a -> begin(a, view.height()));
        } catch (IOException | RuntimeException e) {
            // The next block tries again; this thread has to live.
            LOG.warn("planning duties failed: %s", e);
        }
    }

    private DutyView view(LedgerView view) {
        List<DutyCase> cases = new ArrayList<>();
        for (Duty duty : view.openDuties(chain.account(), MAX_CASES)) {
            Hash32 id = duty.id();
            Optional<DisputeState> state =
                    duty.phase() == Duty.Phase.DISPUTE ? view.dispute(id).map(Dispute::state) : Optional.empty();
            boolean tagKnown =
                    duty.phase() != Duty.Phase.REVEAL || tags.tag(duty).isPresent();
            cases.add(new DutyCase(id, duty, state.map(DisputeState::phase), tagKnown));
        }
        return new DutyView(view.header().height(), cases);
    }

    private void forgetOthers(DutyView view) throws IOException {
        Set<Hash32> open = new HashSet<>();
        view.cases().forEach(c -> open.add(c.id()));
        tags.retain(open::contains);
        server.retain(open::contains);
        disputes.retain(open::contains);
        kept.retain(open::contains);
    }

    private void begin(DutyAction action, long height) {
        book.put(action.step(), new Progress.Running());
        if (!action.isHeavy()) {
            Thread.ofVirtual().name("hearth-duty-step").start(() -> act(action, height));
            return;
        }
        busy.incrementAndGet();
        pool.execute(() -> {
            try {
                act(action, height);
            } finally {
                busy.decrementAndGet();
                wake();
            }
        });
    }

    private void act(DutyAction action, long height) {
        try {
            Optional<TransactionBody> body = work(action, height);
            if (body.isPresent()) {
                post(action.step(), body.get());
            } else {
                fail(action.step(), Progress.Why.INTERNAL, "found nothing to say");
            }
        } catch (UnservedException e) {
            var why = e.isHopeless() ? Progress.Why.UNSERVABLE : Progress.Why.UNSERVED;
            fail(action.step(), why, "the executor " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            fail(action.step(), Progress.Why.INTERNAL, String.valueOf(e));
        }
    }

    private Optional<TransactionBody> work(DutyAction action, long height) throws Exception {
        Duty duty = action.on().duty();
        Batch batch = chain.read(v -> v.batch(duty.batch())).orElseThrow();
        return switch (action) {
            case DutyAction.Check check -> Optional.of(verifiers.check(duty, batch, fetchDeadline(duty, height)));
            case DutyAction.GiveUp giveUp -> Optional.of(verifiers.giveUp(duty));
            case DutyAction.Answer answer -> Optional.of(executors.answer(duty, batch));
            case DutyAction.Reveal reveal -> Optional.of(verifiers.reveal(duty, batch, fetchDeadline(duty, height)));
            case DutyAction.Defend defend -> {
                Optional<DisputeState> state = dispute(duty);
                yield state.isEmpty() ? Optional.empty() : disputes.defend(duty, batch, state.get());
            }
            case DutyAction.Challenge challenge -> {
                Optional<DisputeState> state = dispute(duty);
                yield state.isEmpty()
                        ? Optional.empty()
                        : disputes.challenge(duty, batch, state.get(), fetchDeadline(duty, height));
            }
        };
    }

    private Optional<DisputeState> dispute(Duty duty) {
        return chain.read(v -> v.dispute(duty.id())).map(Dispute::state);
    }

    /** A fetch ends before the blocks do in which its failure can still be said. */
    private Deadline fetchDeadline(Duty duty, long height) {
        long blocks = duty.deadline() - height - limits.giveUpBlocks();
        Duration time = Duration.ofMillis(
                Math.max(0, blocks) * chain.spec().parameters().blockIntervalMs());
        return Deadline.in(time.compareTo(SHORTEST_FETCH) < 0 ? SHORTEST_FETCH : time)
                .orIn(LONGEST_FETCH);
    }

    private void post(DutyStep step, TransactionBody body) throws InterruptedException {
        Hash32 handle = chain.submit(body);
        book.put(step, new Progress.Posted());
        Thread.ofVirtual().name("hearth-duty-outcome").start(() -> follow(step, handle));
    }

    private void follow(DutyStep step, Hash32 handle) {
        try {
            switch (chain.await(handle, OUTCOME_TIMEOUT)) {
                case TransactionOutcome.Included included -> LOG.debug("%s is included", step);
                case TransactionOutcome.Rejected(String reason) -> fail(step, Progress.Why.INTERNAL, reason);
                case TransactionOutcome.TimedOut timedOut -> fail(step, Progress.Why.INTERNAL, "not included in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(DutyStep step, Progress.Why why, String reason) {
        if (!closed) {
            if (book.put(step, new Progress.Failed(chain.height(), why), reason)) {
                LOG.warn("%s of duty %s: %s", step.kind(), step.duty().shortHex(), reason);
            }
            wake();
        }
    }

    /** Ends all work; what was not posted is done again after the next start. */
    @Override
    public void close() {
        closed = true;
        chain.removeListener(listener);
        server.close();
        loop.interrupt();
        pool.shutdownNow();
        try {
            if (!pool.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("a check is still running; it ends with the process");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        disputes.close();
    }
}
