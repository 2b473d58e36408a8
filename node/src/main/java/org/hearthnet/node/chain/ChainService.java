package org.hearthnet.node.chain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.ChainSpec;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.SignedHeader;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.state.transition.BlockBuilder;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.LedgerView;
import org.hearthnet.node.log.NodeLog;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.flood.FloodService;

/**
 * The chain as the rest of a node sees it: what the ledger says, what it did, and how to get a transaction into it. Safe
 * for any thread.
 *
 * <p>A block is stored and synced before it is sent to anybody, so a proposer that is killed at any instant has either not
 * shown its block to anyone, or still has it: it never shows two blocks for one height.
 */
public final class ChainService implements AutoCloseable {
    private static final NodeLog LOG = NodeLog.of("chain");

    /** How long a proposer that knows of other nodes waits for one of them before it makes its first block. */
    private static final long LONELY_MS = 5_000;

    private final Chain chain;
    private final ChainSpec spec;
    private final KeyPair key;
    private final PeerPolicy policy;
    private final TransactionDesk desk;
    private final Follower follower;
    private final SyncServer server;
    private final Gossip gossip;
    private final Optional<Proposer> proposer;
    private final List<ChainListener> listeners = new CopyOnWriteArrayList<>();
    // Held while a block is added and its listeners run, so that they see blocks in order.
    private final ReentrantLock appending = new ReentrantLock();
    private final long startedNanos = System.nanoTime();
    private final boolean expectsPeers;
    private volatile boolean closed;

    private ChainService(
            Chain chain, KeyPair key, Host host, FloodService flood, PeerPolicy policy, boolean expectsPeers) {
        this.chain = chain;
        this.spec = chain.rules().spec();
        this.key = key;
        this.policy = policy;
        this.expectsPeers = expectsPeers;
        this.desk = new TransactionDesk(chain, key, MempoolLimits.DEFAULT, OwnTransactions.Limits.DEFAULT);
        Replica replica = new StoredReplica();
        BlockCheck check = new BlockCheck(chain.rules().network(), spec.proposer());
        long roundMs = Math.clamp(5L * spec.parameters().blockIntervalMs(), 1_000, 30_000);
        this.follower = new Follower(host, replica, check, policy, roundMs);
        this.server = new SyncServer(host, replica, check.network(), follower, policy);
        this.gossip = new Gossip(flood, desk, follower, check, policy);
        this.proposer = key.id().equals(spec.proposer())
                ? Optional.of(new Proposer(spec.parameters().blockIntervalMs(), new ProposerWork()))
                : Optional.empty();
    }

    /**
     * Joins the chain of {@code chain}'s network.
     *
     * @param key signs own transactions, and blocks if it is the network's proposer
     * @param expectsPeers whether other nodes are known: then a proposer hears one of them before its first block
     */
    public static ChainService start(
            Chain chain, KeyPair key, Host host, FloodService flood, PeerPolicy policy, boolean expectsPeers) {
        ChainService service = new ChainService(chain, key, host, flood, policy, expectsPeers);
        service.server.start();
        service.gossip.start();
        service.follower.start();
        service.proposer.ifPresent(p -> {
            LOG.warn("this node is the network's only proposer: it could bias the beacon, and so who is drawn to check"
                    + " what, by choosing among its signatures. Nothing in this version prevents it.");
            p.start();
        });
        return service;
    }

    /** The network's specification. */
    public ChainSpec spec() {
        return spec;
    }

    /** The network's id. */
    public Hash32 network() {
        return chain.rules().network();
    }

    /** The account of this node. */
    public NodeId account() {
        return key.id();
    }

    /** Whether this node makes the blocks. */
    public boolean isProposer() {
        return proposer.isPresent();
    }

    /** Height of the last block here. */
    public long height() {
        return chain.height();
    }

    /** The greatest height that any peer has proved, or the own one. */
    public long bestKnownHeight() {
        return Math.max(follower.bestHeight(), height());
    }

    /** The height that a connected peer has proved. */
    public Optional<Long> heightOf(PeerId peer) {
        return follower.heightOf(peer);
    }

    /** Transactions that wait for a block here. */
    public int pooled() {
        return desk.poolSize();
    }

    /** Answers a question about the state after the last block; quick ones only, as no block gets in meanwhile. */
    public <T> T read(Function<LedgerView, T> question) {
        return chain.read(question);
    }

    /** The block at {@code height}. */
    public Optional<Block> block(long height) {
        return chain.store().block(height);
    }

    /** A transaction with its place in the chain. */
    public record Placed(SignedTransaction transaction, long height, int index) {}

    /** The included transaction with this id. */
    public Optional<Placed> transaction(Hash32 id) {
        return chain.store()
                .transaction(id)
                .flatMap(place -> block(place.height())
                        .map(b -> new Placed(b.transactions().get(place.index()), place.height(), place.index())));
    }

    /** Calls {@code listener} for every block from now on. */
    public void addListener(ChainListener listener) {
        listeners.add(listener);
    }

    /** Ends that. */
    public void removeListener(ChainListener listener) {
        listeners.remove(listener);
    }

    /**
     * Signs a transaction with the own key and sends it until it is in a block or the ledger refuses it. Never blocks;
     * a refusal too is learned from {@link #await}.
     *
     * @return the handle to wait with: the id, unless it has to be signed again under way
     */
    public Hash32 submit(TransactionBody body) {
        TransactionDesk.Submitted submitted = desk.submit(body);
        submitted.send().ifPresent(gossip::publish);
        return submitted.handle();
    }

    /** Takes a transaction that was signed elsewhere and sends it while it waits; the reason if it is not taken. */
    public Optional<String> submitSigned(SignedTransaction signed) {
        return switch (desk.entrust(signed)) {
            case Admission.Added added -> {
                gossip.publish(signed);
                yield Optional.empty();
            }
            case Admission.Known known -> Optional.empty();
            case Admission.Refused refused -> Optional.of(refused.why());
        };
    }

    /** Waits for the end of a transaction: by handle for own ones, by id for any other. */
    public TransactionOutcome await(Hash32 id, Duration timeout) throws InterruptedException {
        Optional<CompletableFuture<TransactionOutcome>> future = desk.watch(id);
        if (future.isEmpty()) {
            return new TransactionOutcome.TimedOut();
        }
        try {
            return future.get().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new TransactionOutcome.TimedOut();
        } catch (ExecutionException e) {
            throw new IllegalStateException("outcomes never fail", e);
        }
    }

    /** {@link #submit} and {@link #await}. */
    public TransactionOutcome submitAndAwait(TransactionBody body, Duration timeout) throws InterruptedException {
        return await(submit(body), timeout);
    }

    /** The nonce for the next transaction of {@code account}, after those that wait here. */
    public long nextNonce(NodeId account) {
        return desk.nextNonce(account);
    }

    private Optional<String> append(Block block) {
        appending.lock();
        try {
            if (closed) {
                return Optional.of("this node is closing");
            }
            Optional<SignedHeader> ours = chain.store().header(block.height());
            if (ours.isPresent()) {
                boolean same = ours.get().header().hash().equals(block.hash());
                return same ? Optional.empty() : Optional.of("there is another block at that height");
            }
            return switch (chain.tryAppend(block)) {
                case Chain.Appended.Rejected(String reason) -> Optional.of(reason);
                case Chain.Appended.Accepted(Block added, List<LedgerEvent> events) -> {
                    tell(added, events);
                    yield Optional.empty();
                }
            };
        } finally {
            appending.unlock();
        }
    }

    private void tell(Block block, List<LedgerEvent> events) {
        desk.onBlock(block, events).forEach(gossip::publish);
        for (LedgerEvent event : events) {
            if (event instanceof LedgerEvent.Banned banned) {
                policy.disconnect(Peers.peerId(banned.node()));
            }
        }
        for (ChainListener listener : listeners) {
            try {
                listener.onBlock(block, events);
            } catch (RuntimeException e) {
                // One service's fault must not stop the chain.
                LOG.warn("a listener failed at block %d: %s", block.height(), e);
            }
        }
    }

    @Override
    public void close() {
        proposer.ifPresent(Proposer::close);
        follower.close();
        server.close();
        gossip.close();
        appending.lock(); // a block under way is finished first
        try {
            closed = true;
        } finally {
            appending.unlock();
        }
        desk.close();
    }

    private final class ProposerWork implements Proposer.Work {
        @Override
        public boolean mayPropose() {
            boolean alone = !expectsPeers
                    || follower.hasHeardFromSomebody()
                    || System.nanoTime() - startedNanos > TimeUnit.MILLISECONDS.toNanos(LONELY_MS);
            // A proposer that lost its disk must first fetch the blocks that it signed before.
            return alone && !follower.isBehind();
        }

        @Override
        public void propose() {
            appending.lock(); // no other block gets in between building and adding
            try {
                BlockBuilder.Built built = chain.build(key, System.currentTimeMillis(), desk.candidates());
                desk.refused(built.rejected());
                Optional<String> refusal = append(built.block());
                if (refusal.isPresent()) {
                    LOG.warn("own block %d is not valid: %s", built.block().height(), refusal.get());
                    return;
                }
                gossip.publish(built.block());
            } finally {
                appending.unlock();
            }
        }
    }

    private final class StoredReplica implements Replica {
        @Override
        public long height() {
            return chain.height();
        }

        @Override
        public SignedHeader tip() {
            return chain.store().header(chain.height()).orElseThrow();
        }

        @Override
        public Optional<SignedHeader> header(long height) {
            return chain.store().header(height);
        }

        @Override
        public List<Block> blocks(long from, int count, int targetBytes) {
            List<Block> out = new ArrayList<>();
            long bytes = 0;
            for (int i = 0; i < count && bytes < targetBytes; i++) {
                Optional<Block> block = chain.store().block(from + i);
                if (block.isEmpty()) {
                    break;
                }
                out.add(block.get());
                bytes += block.get().encode().length;
            }
            return out;
        }

        @Override
        public Optional<String> append(Block block) {
            return ChainService.this.append(block);
        }
    }
}
