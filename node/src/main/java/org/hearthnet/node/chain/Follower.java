package org.hearthnet.node.chain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.finality.SealedHeader;
import org.hearthnet.node.chain.SyncMessages.Blocks;
import org.hearthnet.node.chain.SyncMessages.Hello;
import org.hearthnet.node.chain.SyncMessages.Proven;
import org.hearthnet.node.chain.SyncMessages.Range;
import org.hearthnet.node.chain.SyncMessages.Refusal;
import org.hearthnet.node.chain.SyncMessages.Request;
import org.hearthnet.node.chain.SyncMessages.Response;
import org.hearthnet.node.chain.SyncMessages.Tip;
import org.hearthnet.node.chain.SyncMessages.Trust;
import org.hearthnet.node.log.NodeLog;
import org.hearthnet.node.p2p.Connection;
import org.hearthnet.node.p2p.ConnectionListener;
import org.hearthnet.node.p2p.Deadline;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.P2pException;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.RequestResponse;
import org.hearthnet.node.p2p.gossipsub.Verdict;

/**
 * Keeps the replica at the height of its peers: greets every peer, asks several at once for what is missing, and puts what
 * comes, in order, into the replica. All decisions are {@link SyncPlan}'s.
 */
final class Follower implements AutoCloseable {
    private static final NodeLog LOG = NodeLog.of("chain");
    private static final Duration HELLO_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration RANGE_TIMEOUT = Duration.ofSeconds(30);

    private static final int GREETING_ATTEMPTS = 4;
    private static final long GREETING_PAUSE_MS = 700;
    private static final long SEEK_PAUSE_MS = 500;

    private final Host host;
    private final String protocol;
    private final Replica replica;
    private final BlockCheck check;
    private final PeerPolicy policy;
    private final SyncPlan<PeerId, SealedBlock> plan = new SyncPlan<>(SyncPlan.Limits.DEFAULT);
    private final ConnectionListener listener = new Greeter();
    private final Thread rounds;
    private volatile boolean closed;
    private volatile boolean heardFromSomebody;
    private final AtomicLong lastSeekNanos = new AtomicLong(System.nanoTime());
    private long contradictionReported = -1;

    /** @param roundMs how often connected peers are greeted again, in case an announcement was lost */
    Follower(Host host, Replica replica, BlockCheck check, PeerPolicy policy, long roundMs) {
        this.host = host;
        this.protocol = SyncServer.protocol(check.network());
        this.replica = replica;
        this.check = check;
        this.policy = policy;
        this.rounds = Thread.ofVirtual().name("chain-rounds").unstarted(() -> greetAgain(roundMs));
    }

    void start() {
        host.addListener(listener);
        host.connections().forEach(c -> inBackground(() -> greet(c.remotePeer())));
        rounds.start();
    }

    /** Whether some peer has proved to have blocks that are not here. */
    boolean isBehind() {
        synchronized (plan) {
            return plan.bestHeight() > replica.height();
        }
    }

    /** Whether any peer has answered since the start. */
    boolean hasHeardFromSomebody() {
        return heardFromSomebody;
    }

    /** The greatest height that a peer has proved. */
    long bestHeight() {
        synchronized (plan) {
            return plan.bestHeight();
        }
    }

    /** The height that {@code peer} has proved. */
    Optional<Long> heightOf(PeerId peer) {
        synchronized (plan) {
            return plan.heightOf(peer);
        }
    }

    private void inBackground(Runnable task) {
        if (!closed) {
            Thread.ofVirtual().name("chain-sync").start(task);
        }
    }

    private void greetAgain(long roundMs) {
        try {
            while (!closed) {
                Thread.sleep(roundMs);
                for (Connection c : host.connections()) {
                    if (c.isOpen()) {
                        greet(c.remotePeer());
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A peer that has just started may not serve the protocol yet: only one that never does is no member. */
    private void greet(PeerId peer) {
        for (int attempt = 1; !closed; attempt++) {
            Optional<P2pException.Reason> failure = greetOnce(peer);
            boolean gone = host.connection(peer).isEmpty();
            if (failure.isEmpty() || gone || attempt == GREETING_ATTEMPTS) {
                if (!gone && failure.equals(Optional.of(P2pException.Reason.UNSUPPORTED))) {
                    policy.punish(peer, "it is on another network, or no Hearth node");
                }
                return;
            }
            try {
                Thread.sleep(GREETING_PAUSE_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Why there was no answer, if there was none. */
    private Optional<P2pException.Reason> greetOnce(PeerId peer) {
        try {
            Hello hello = new Hello(check.network(), replica.tip());
            switch (ask(peer, hello, SyncMessages.MAX_REQUEST_BYTES, HELLO_TIMEOUT)) {
                case Tip tip -> {
                    heardFromSomebody = true;
                    seeTip(peer, tip.network(), tip.tip());
                }
                case Refusal refusal -> LOG.debug("%s: %s", peer, refusal.reason());
                case Blocks other -> policy.punish(peer, "answered a greeting with blocks");
                case Proven other -> policy.punish(peer, "answered a greeting with a proof");
                case Trust other -> policy.punish(peer, "answered a greeting with headers");
            }
        } catch (P2pException e) {
            LOG.debug("greeting %s: %s", peer, e.getMessage());
            return Optional.of(e.reason());
        } catch (CodecException e) {
            policy.punish(peer, "malformed answer: " + e.getMessage());
        }
        return Optional.empty();
    }

    private Response ask(PeerId peer, Request request, int maxResponse, Duration timeout) throws P2pException {
        byte[] answer = RequestResponse.call(
                host, peer, protocol, SyncMessages.REQUEST.encode(request), maxResponse, Deadline.in(timeout));
        return SyncMessages.RESPONSE.decode(answer);
    }

    /** Takes note of a peer's proven height. */
    void seeTip(PeerId peer, Hash32 network, SealedHeader tip) {
        long height = tip.header().height();
        if (!network.equals(check.network())) {
            policy.punish(peer, "it is on network " + network.shortHex());
            return;
        }
        if (height > 0 && check.problem(tip).isPresent()) {
            policy.punish(peer, check.problem(tip).get());
            return;
        }
        Optional<SealedHeader> ours = replica.header(height);
        if (ours.isPresent() && !ours.get().header().hash().equals(tip.header().hash())) {
            contradiction(peer, tip);
            return;
        }
        synchronized (plan) {
            plan.reached(peer, height);
        }
        pump();
    }

    /** Two final blocks at one height: this node stays with the one that it has. */
    private void contradiction(PeerId peer, SealedHeader other) {
        long height = other.header().height();
        if (height == 0) {
            policy.punish(peer, "its chain begins with another block");
            return;
        }
        synchronized (plan) {
            plan.gone(peer);
            if (contradictionReported == height) {
                return;
            }
            contradictionReported = height;
        }
        if (!check.canCheck(height)) {
            policy.punish(peer, "it has another block " + height);
            return;
        }
        LOG.warn(
                "TWO BLOCKS ARE FINAL at height %d (the other one, %s, came from %s): over a third of the committee has"
                        + " voted for both. This node stays with its own. Ask who runs the network.",
                height, other.header().hash().shortHex(), Peers.nodeId(peer).shortHex());
    }

    /** A block from gossip: checked, then kept for its turn or added. */
    Verdict offer(PeerId from, SealedBlock block) {
        if (!check.canCheck(block.height())) {
            return Verdict.IGNORE; // far above, or far below
        }
        Optional<String> problem = check.problem(block);
        if (problem.isPresent()) {
            policy.punish(from, problem.get());
            return Verdict.REJECT;
        }
        Optional<SealedHeader> ours = replica.header(block.height());
        if (ours.isPresent()) {
            if (!ours.get().header().hash().equals(block.hash())) {
                contradiction(from, block.header());
            }
            return Verdict.ACCEPT;
        }
        synchronized (plan) {
            plan.reached(from, block.height());
            plan.keep(block.height(), block, block.block().encode().length, from, replica.height());
        }
        boolean good = drain();
        pump();
        return good ? Verdict.ACCEPT : Verdict.REJECT;
    }

    /** Somebody has blocks that are not here: asks all peers for their heights, at most twice a second. */
    void seek() {
        long now = System.nanoTime();
        long last = lastSeekNanos.get();
        boolean due = now - last > TimeUnit.MILLISECONDS.toNanos(SEEK_PAUSE_MS);
        if (due && !closed && lastSeekNanos.compareAndSet(last, now)) {
            host.connections().forEach(c -> inBackground(() -> greet(c.remotePeer())));
        }
    }

    /** Adds what can be added now; false if the replica refused a block. */
    private boolean drain() {
        while (true) {
            Optional<SyncPlan.Kept<PeerId, SealedBlock>> next;
            synchronized (plan) {
                next = plan.take(replica.height());
            }
            if (next.isEmpty()) {
                return true;
            }
            Optional<String> refusal = replica.append(next.get().block());
            if (refusal.isPresent()) {
                PeerId from = next.get().from();
                synchronized (plan) {
                    plan.gone(from);
                }
                policy.punish(from, "invalid block " + next.get().block().height() + ": " + refusal.get());
                return false;
            }
        }
    }

    /** Sends the requests that the plan wants. */
    private void pump() {
        if (closed) {
            return;
        }
        List<SyncPlan.Request<PeerId>> requests;
        synchronized (plan) {
            requests = plan.next(replica.height());
        }
        requests.forEach(r -> inBackground(() -> fetch(r)));
    }

    private void fetch(SyncPlan.Request<PeerId> request) {
        boolean useful = false;
        try {
            Range range = new Range(request.from(), request.count());
            useful = switch (ask(request.peer(), range, SyncMessages.MAX_RESPONSE_BYTES, RANGE_TIMEOUT)) {
                case Blocks blocks -> take(request, blocks.blocks());
                case Refusal refusal -> false;
                case Tip other -> {
                    policy.punish(request.peer(), "answered a question for blocks with a greeting");
                    yield false;
                }
                case Proven other -> {
                    policy.punish(request.peer(), "answered a question for blocks with a proof");
                    yield false;
                }
                case Trust other -> {
                    policy.punish(request.peer(), "answered a question for blocks with headers");
                    yield false;
                }
            };
        } catch (P2pException e) {
            LOG.debug("asking %s for blocks: %s", request.peer(), e.getMessage());
        } catch (CodecException e) {
            policy.punish(request.peer(), "malformed blocks: " + e.getMessage());
        }
        synchronized (plan) {
            plan.answered(request.peer());
            if (!useful) {
                plan.gone(request.peer()); // until it is greeted again: asking at once would only repeat this
            }
        }
        drain();
        pump();
    }

    private boolean take(SyncPlan.Request<PeerId> request, List<SealedBlock> blocks) {
        if (blocks.size() > request.count()) {
            policy.punish(request.peer(), "sent more blocks than it was asked for");
            return false;
        }
        for (int i = 0; i < blocks.size(); i++) {
            SealedBlock block = blocks.get(i);
            Optional<String> problem = block.height() == request.from() + i
                    ? check.problem(block)
                    : Optional.of("sent block " + block.height() + " where " + (request.from() + i) + " was asked for");
            if (problem.isPresent()) {
                policy.punish(request.peer(), problem.get());
                return false;
            }
            synchronized (plan) {
                plan.keep(block.height(), block, block.block().encode().length, request.peer(), replica.height());
            }
        }
        return !blocks.isEmpty();
    }

    @Override
    public void close() {
        closed = true;
        host.removeListener(listener);
        rounds.interrupt();
    }

    private final class Greeter implements ConnectionListener {
        @Override
        public void connected(Connection connection) {
            inBackground(() -> greet(connection.remotePeer()));
        }

        @Override
        public void disconnected(Connection connection) {
            PeerId peer = connection.remotePeer();
            if (host.connection(peer).isEmpty()) {
                synchronized (plan) {
                    plan.gone(peer);
                }
            }
        }
    }
}
