package org.hearthnet.node.service.account;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.hearthnet.genesis.primitive.Amount;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.protocol.LayerSpan;
import org.hearthnet.genesis.rules.Role;
import org.hearthnet.genesis.spec.ModelManifest;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.state.Account;
import org.hearthnet.ledger.state.Batch;
import org.hearthnet.ledger.store.LedgerView;
import org.hearthnet.node.chain.ChainListener;
import org.hearthnet.node.chain.ChainService;
import org.hearthnet.node.chain.TransactionOutcome;
import org.hearthnet.node.log.NodeLog;
import org.hearthnet.node.pipeline.LedgerPort;
import org.hearthnet.node.pipeline.stage.ModelEngine;
import org.hearthnet.node.pipeline.store.ClaimBuilder;
import org.hearthnet.node.pipeline.store.JobStore;
import org.hearthnet.node.service.plan.AccountView;
import org.hearthnet.node.service.plan.BondPolicy;
import org.hearthnet.node.service.plan.Chore;
import org.hearthnet.node.service.plan.ChorePlanner;

/** The shell around {@link ChorePlanner}: reads the account after every block and posts what is due, one of a kind at a time. */
public final class AccountService implements AutoCloseable {
    private static final Duration OUTCOME_TIMEOUT = Duration.ofMinutes(10);
    /** The label of a network's faucet among the first accounts. */
    private static final String FAUCET = "faucet";

    private static final NodeLog LOG = NodeLog.of("account");

    private final ChainService chain;
    private final NodeId self;
    private final ModelManifest manifest;
    private final Hash32 manifestId;
    private final ChorePlanner planner;
    private final ClaimWork claims;
    // The height before which a kind is not begun again: far away while it is under way.
    private final Map<Chore.Kind, Long> notBefore = new EnumMap<>(Chore.Kind.class);
    private final BlockingQueue<Boolean> wake = new ArrayBlockingQueue<>(1);
    private final ChainListener listener = (block, events) -> wake.offer(true);
    private final Thread loop;
    private Role role = Role.CLIENT;
    private volatile boolean closed;

    /**
     * What a node is made of.
     *
     * @param file the model
     * @param manifest its manifest
     * @param variant what runs the own stages
     */
    public record Setup(
            ChainService chain,
            LedgerPort ledger,
            JobStore store,
            GgufFile file,
            ModelManifest manifest,
            ModelEngine.Variant variant,
            BondPolicy bond) {}

    private AccountService(Setup setup) {
        this.chain = setup.chain;
        this.self = chain.account();
        this.manifest = setup.manifest;
        this.manifestId = manifest.id();
        this.planner = new ChorePlanner(setup.bond);
        this.claims = new ClaimWork(
                self,
                setup.store,
                new ClaimBuilder(setup.store, setup.ledger, self),
                new SelfRecheck(setup.file, setup.store, setup.variant));
        this.loop = Thread.ofVirtual().name("hearth-account").unstarted(this::run);
    }

    /** Begins with what is due now. */
    public static AccountService start(Setup setup) {
        AccountService service = new AccountService(setup);
        service.chain.addListener(service.listener);
        service.wake.offer(true);
        service.loop.start();
        return service;
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

    private record Seen(long height, AccountView view, Role role, List<Batch> batches) {}

    private void round() {
        try {
            boolean receipts = claims.hasReceipts();
            Seen seen = chain.read(v -> see(v, receipts));
            tellRole(seen.role);
            claims.settle(seen.batches);
            claims.prune(seen.batches);
            for (Chore chore : planner.plan(seen.view, kind -> isBusy(kind, seen.height))) {
                begin(chore, seen);
            }
        } catch (IOException | RuntimeException e) {
            // The next block tries again; this thread has to live.
            LOG.warn("looking after the account failed: %s", e);
        }
    }

    private Seen see(LedgerView view, boolean receipts) {
        Account account = view.account(self);
        List<Batch> batches = claims.batches(view);
        long epoch = view.nextEpoch();
        LayerSpan whole = new LayerSpan(0, manifest.shape().layers());
        boolean holdsWhole = view.holding(manifestId, self)
                .filter(h -> h.span().equals(whole))
                .isPresent();
        boolean matured = batches.stream().anyMatch(b -> b.isClosed() && b.releaseEpoch() <= epoch)
                || account.claims().open() == 0
                        && account.stake().unbonding().stream().anyMatch(u -> u.epoch() <= epoch);
        var seen = new AccountView(
                chain.spec().parameters(),
                view.baseFee(),
                faucetGives(view),
                epoch,
                account,
                holdsWhole,
                matured,
                receipts);
        return new Seen(view.header().height(), seen, view.role(self), batches);
    }

    private boolean faucetGives(LedgerView view) {
        Amount grant = chain.spec().parameters().faucetGrant();
        return !grant.isZero()
                && chain.spec().allocations().stream()
                        .filter(a -> a.label().equals(FAUCET))
                        .findFirst()
                        .filter(a -> view.account(a.account()).balance().compareTo(grant) >= 0)
                        .isPresent();
    }

    private void tellRole(Role now) {
        if (now == role) {
            return;
        }
        LOG.info(
                switch (now) {
                    case VETERAN ->
                        (role == Role.VERIFIER ? "graduated: " : "")
                                + "this node is a veteran, offers its layers for pay and gives second opinions";
                    case VERIFIER -> "this node is a verifier: it checks others' work and earns by that alone";
                    case CLIENT -> "this node has no role: nothing is registered for it, or its key is banned";
                });
        role = now;
    }

    private synchronized boolean isBusy(Chore.Kind kind, long height) {
        return height < notBefore.getOrDefault(kind, 0L);
    }

    private synchronized void hold(Chore.Kind kind, long untilHeight) {
        notBefore.put(kind, untilHeight);
    }

    private void begin(Chore chore, Seen seen) {
        hold(chore.kind(), Long.MAX_VALUE);
        Thread.ofVirtual().name("hearth-chore").start(() -> act(chore, seen));
    }

    private void act(Chore chore, Seen seen) {
        boolean done = false;
        try {
            Optional<TransactionBody> body = body(chore, seen);
            if (body.isPresent()) {
                Optional<Hash32> claimed = chore instanceof Chore.Claim ? claims.pendingRoot() : Optional.empty();
                done = follow(chore, chain.submitAndAwait(body.get(), OUTCOME_TIMEOUT), claimed);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("%s failed: %s", chore.kind(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // What did not work waits half an epoch: the reason is rarely gone at the next block.
            int pause = done ? 1 : Math.max(2, chain.spec().parameters().epochBlocks() / 2);
            hold(chore.kind(), chain.height() + pause);
        }
    }

    private Optional<TransactionBody> body(Chore chore, Seen seen) throws IOException {
        return switch (chore) {
            case Chore.AskFaucet faucet -> Optional.of(new TransactionBody.FaucetClaim());
            case Chore.Register register ->
                Optional.of(new TransactionBody.RegisterHolding(
                        manifestId, new LayerSpan(0, manifest.shape().layers())));
            case Chore.PostBond bond -> Optional.of(new TransactionBody.Bond(bond.amount()));
            case Chore.Withdraw withdraw -> Optional.of(new TransactionBody.Withdraw());
            case Chore.Claim claim -> claims.claim(seen.view.nextEpoch());
        };
    }

    private boolean follow(Chore chore, TransactionOutcome outcome, Optional<Hash32> claimed) throws IOException {
        return switch (outcome) {
            case TransactionOutcome.Included included -> {
                LOG.info("%s", describe(chore));
                yield true;
            }
            case TransactionOutcome.Rejected(String reason) -> {
                LOG.warn("%s refused by the ledger: %s", chore.kind(), reason);
                if (claimed.isPresent() && !isOnLedger(claimed.get())) {
                    claims.refused(claimed.get(), chain.height());
                }
                yield false;
            }
            case TransactionOutcome.TimedOut timedOut -> false;
        };
    }

    private boolean isOnLedger(Hash32 root) {
        return chain.read(claims::batches).stream()
                .anyMatch(b -> b.root().hash().equals(root));
    }

    private String describe(Chore chore) {
        return switch (chore) {
            case Chore.AskFaucet faucet -> "the faucet gave first credits";
            case Chore.Register register ->
                "registered as holder of " + manifest.name() + ", to be drawn from the next epoch on";
            case Chore.PostBond bond -> "bonded " + bond.amount() + " credits";
            case Chore.Withdraw withdraw -> "withdrew what had matured";
            case Chore.Claim claim -> "claimed the receipts of this epoch";
        };
    }

    @Override
    public void close() {
        closed = true;
        chain.removeListener(listener);
        loop.interrupt();
    }
}
