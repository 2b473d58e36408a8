package org.hearthnet.node.chain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
import org.hearthnet.genesis.spec.Parameters;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.SignedHeader;
import org.hearthnet.ledger.block.SignedTransaction;
import org.hearthnet.ledger.block.TransactionBody;
import org.hearthnet.ledger.block.Vote;
import org.hearthnet.ledger.consensus.Contradiction;
import org.hearthnet.ledger.consensus.Timings;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.ledger.member.Journal;
import org.hearthnet.ledger.state.LedgerEvent;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.ledger.store.LedgerView;
import org.hearthnet.node.log.NodeLog;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.gossipsub.GossipsubService;

/**
 * The chain as the rest of a node sees it: what the ledger says, what it did, and how to get a transaction into it. Safe
 * for any thread.
 *
 * <p>Every block here is final: a quorum of the committee has signed for it, see {@link ConsensusService}.
 */
public final class ChainService implements AutoCloseable {
    private static final NodeLog LOG = NodeLog.of("chain");

    /** How long a node that knows of others waits for one of them before it votes. */
    private static final long LONELY_MS = 5_000;

    private static final int MAX_ACCUSED = 1024;

    private static final long JOINING_PAUSE_MS = 50;

    private final Chain chain;
    private final ChainSpec spec;
    private final KeyPair key;
    private final PeerPolicy policy;
    private final TransactionDesk desk;
    private final Follower follower;
    private final SyncServer server;
    private final Gossip gossip;
    private final ConsensusService consensus;
    private final Thread joining;
    private final List<ChainListener> listeners = new CopyOnWriteArrayList<>();
    // Held while a block is added and its listeners run, so that they see blocks in order.
    private final ReentrantLock appending = new ReentrantLock();
    private final long startedNanos = System.nanoTime();
    private final boolean expectsPeers;
    // One report a key and run is enough: a conviction takes all of the bond.
    private final Set<NodeId> accused = ConcurrentHashMap.newKeySet();
    private volatile boolean joined;
    private volatile boolean closed;

    private ChainService(
            Chain chain,
            KeyPair key,
            Journal journal,
            Host host,
            GossipsubService pubsub,
            PeerPolicy policy,
            boolean expectsPeers) {
        this.chain = chain;
        this.spec = chain.rules().spec();
        this.key = key;
        this.policy = policy;
        this.expectsPeers = expectsPeers;
        this.desk = new TransactionDesk(chain, key, MempoolLimits.DEFAULT, OwnTransactions.Limits.DEFAULT);
        Replica replica = new StoredReplica(chain, this::append);
        BlockCheck check = new BlockCheck(chain.rules().network(), chain::findCommittee, chain.ballots());
        long roundMs = Math.clamp(5L * spec.parameters().blockIntervalMs(), 1_000, 30_000);
        this.follower = new Follower(host, replica, check, policy, roundMs);
        this.server = new SyncServer(host, replica, check.network(), follower, policy);
        this.gossip = new Gossip(pubsub, desk, follower, check, policy);
        MemberLedger ledger = new MemberLedger(chain, key, desk, System::currentTimeMillis, this::append);
        this.consensus = new ConsensusService(
                chain, key, ledger, journal, pubsub, policy, timings(spec.parameters()), new ConsensusEvents());
        this.joining = Thread.ofVirtual().name("consensus-joining").unstarted(this::join);
    }

    /** Home networks: a view may take seconds before it is given up; what is lost is sent again after one. */
    private static Timings timings(Parameters parameters) {
        long interval = parameters.blockIntervalMs();
        return new Timings(interval, Math.max(2_000, 2 * interval), Math.max(1_000, interval));
    }

    /**
     * Joins the chain of {@code chain}'s network.
     *
     * @param key signs own transactions, and votes and blocks while it has a seat in the committee
     * @param journal what it has voted before
     * @param expectsPeers whether other nodes are known: then one of them is heard before the first vote
     */
    public static ChainService start(
            Chain chain,
            KeyPair key,
            Journal journal,
            Host host,
            GossipsubService pubsub,
            PeerPolicy policy,
            boolean expectsPeers) {
        ChainService service = new ChainService(chain, key, journal, host, pubsub, policy, expectsPeers);
        service.server.start();
        service.gossip.start();
        service.follower.start();
        service.consensus.start();
        service.joining.start();
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

    /** Whether this node has a seat in the committee of the next block. */
    public boolean hasSeat() {
        return chain.committee(height() + 1).seatOf(key.id()).isPresent();
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

    private Optional<String> append(SealedBlock block) {
        appending.lock();
        try {
            if (closed) {
                return Optional.of("this node is closing");
            }
            Optional<SealedHeader> ours = chain.store().header(block.height());
            if (ours.isPresent()) {
                boolean same = ours.get().header().hash().equals(block.hash());
                return same ? Optional.empty() : Optional.of("there is another block at that height");
            }
            return switch (chain.tryAppend(block)) {
                case Chain.Appended.Rejected(String reason) -> Optional.of(reason);
                case Chain.Appended.Accepted(SealedBlock added, List<LedgerEvent> events) -> {
                    tell(added.block(), events);
                    if (joined) {
                        consensus.goOn();
                    }
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
        joining.interrupt();
        consensus.close();
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

    /**
     * A member that lost its disk must not vote again at a height where it has voted: it first hears from its peers, if it
     * knows any, and fetches what they have.
     */
    private void join() {
        long deadline = startedNanos + TimeUnit.MILLISECONDS.toNanos(LONELY_MS);
        try {
            while (expectsPeers && !follower.hasHeardFromSomebody() && System.nanoTime() < deadline) {
                Thread.sleep(JOINING_PAUSE_MS);
            }
            while (follower.isBehind()) {
                Thread.sleep(JOINING_PAUSE_MS);
            }
            joined = true;
            consensus.goOn();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class ConsensusEvents implements ConsensusService.Events {
        @Override
        public void behind() {
            follower.seek();
        }

        @Override
        public void contradiction(Contradiction contradiction) {
            if (accused.size() < MAX_ACCUSED && accused.add(contradiction.guilty())) {
                LOG.warn(
                        "%s has voted for two things at one place",
                        contradiction.guilty().shortHex());
                submit(
                        switch (contradiction) {
                            case Contradiction.TwoVotes(Vote first, Vote second) ->
                                new TransactionBody.ReportDoubleVote(first, second);
                            case Contradiction.TwoBlocks(SignedHeader first, SignedHeader second) ->
                                new TransactionBody.ReportDoubleBlock(first, second);
                        });
            }
        }

        @Override
        public void decided(SealedBlock block) {
            if (block.block().header().proposer().equals(key.id())) {
                gossip.publish(block);
            }
        }
    }
}
