package org.hearthnet.node.chain;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hearthnet.genesis.codec.CodecException;
import org.hearthnet.genesis.crypto.KeyPair;
import org.hearthnet.genesis.primitive.Hash32;
import org.hearthnet.genesis.primitive.NodeId;
import org.hearthnet.genesis.spec.Committee;
import org.hearthnet.ledger.block.Ballot;
import org.hearthnet.ledger.block.Block;
import org.hearthnet.ledger.block.BlockHeader;
import org.hearthnet.ledger.consensus.Contradiction;
import org.hearthnet.ledger.consensus.Message;
import org.hearthnet.ledger.consensus.MessageCheck;
import org.hearthnet.ledger.consensus.Timer;
import org.hearthnet.ledger.consensus.Timings;
import org.hearthnet.ledger.finality.SealedBlock;
import org.hearthnet.ledger.member.Journal;
import org.hearthnet.ledger.member.Member;
import org.hearthnet.ledger.member.MemberPorts;
import org.hearthnet.ledger.store.Chain;
import org.hearthnet.node.log.NodeLog;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.gossipsub.GossipsubService;
import org.hearthnet.node.p2p.gossipsub.Verdict;

/**
 * The thread, the clock and the network of a {@link Member}. Every node runs it: without a seat it only passes on what it
 * can check. All of the member's work is done by one thread, in order of arrival.
 */
final class ConsensusService implements AutoCloseable {
    static final String TOPIC = "consensus";

    private static final NodeLog LOG = NodeLog.of("consensus");

    /** Messages that wait for the member; what finds no room is lost and will be sent again. */
    private static final int QUEUE = 4096;

    /** Of them proposals, each up to a megabyte. */
    private static final int PROPOSALS = 16;

    /** How far above the tip messages are checked and passed on. */
    private static final int AHEAD = 2;

    private final Chain chain;
    private final GossipsubService pubsub;
    private final PeerPolicy policy;
    private final Member.Scheme scheme;
    private final Member member;
    private final Events events;
    private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(QUEUE);
    private final Semaphore proposals = new Semaphore(PROPOSALS);
    private final AtomicBoolean grown = new AtomicBoolean();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("consensus-clock").factory());
    private final Thread thread;
    private volatile boolean closed;

    /** What the rest of the node is told. */
    interface Events {
        /** Blocks are missing here that a member of the committee has. */
        void behind();

        /** A member has contradicted itself. */
        void contradiction(Contradiction contradiction);

        /** A block was decided and stored; its proposer tells everybody. */
        void decided(SealedBlock block);
    }

    ConsensusService(
            Chain chain,
            KeyPair key,
            MemberPorts.Ledger ledger,
            Journal journal,
            GossipsubService pubsub,
            PeerPolicy policy,
            Timings timings,
            Events events) {
        this.chain = chain;
        this.pubsub = pubsub;
        this.policy = policy;
        this.events = events;
        Hash32 network = chain.rules().network();
        this.scheme = new Member.Scheme(
                ballot -> Ballot.KIND.sign(key, network, ballot), chain.ballots(), block -> isSigned(network, block));
        this.member = new Member(
                key.id(),
                timings,
                scheme,
                new Member.Ports(ledger, journal, new Outbox(), new Clock(), new Observer()));
        this.thread = Thread.ofPlatform().daemon().name("consensus").unstarted(this::run);
    }

    private static boolean isSigned(Hash32 network, Block block) {
        BlockHeader header = block.header();
        return BlockHeader.KIND.verify(network, header, header.proposer(), block.signature());
    }

    /** Takes part in passing messages on; the member itself does nothing before {@link #goOn}. */
    void start() {
        pubsub.subscribe(TOPIC, this::validate, message -> {});
        thread.start();
    }

    /** Has the member work at the height after the tip, unless it does already. Never lost, and never waits. */
    void goOn() {
        grown.set(true);
        tasks.offer(() -> {}); // a thread that has work to do looks after each piece of it
    }

    private void receive(NodeId sender, Message message) {
        boolean large = message instanceof Message.Proposal;
        if (closed || large && !proposals.tryAcquire()) {
            return;
        }
        boolean taken = tasks.offer(() -> {
            if (large) {
                proposals.release();
            }
            member.receive(sender, message);
        });
        if (!taken && large) {
            proposals.release();
        }
    }

    /** For timers, which must not be lost: they are few, and only wait while the queue is worked off. */
    private void postSurely(Runnable task) {
        try {
            while (!closed && !tasks.offer(task, 100, TimeUnit.MILLISECONDS)) {
                LOG.debug("the consensus thread is behind");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closed) {
                tasks.take().run();
                if (grown.getAndSet(false)) {
                    member.begin();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // A promise that could not be kept on disk must not be sent: from here on this node only follows.
            LOG.warn("this node votes no more: %s. Mend that and start it again.", e);
            closed = true;
        }
    }

    private Verdict validate(org.hearthnet.node.p2p.gossipsub.Message gossiped, PeerId from) {
        Message message;
        try {
            message = Message.CODEC.decode(gossiped.data());
        } catch (CodecException | IllegalArgumentException e) {
            return Verdict.REJECT;
        }
        NodeId sender = Peers.nodeId(gossiped.from());
        long tip = chain.height();
        boolean status = message instanceof Message.Status;
        if (message.height() <= tip && !status) {
            return Verdict.IGNORE;
        }
        Optional<Committee> committee = chain.findCommittee(Math.clamp(message.height(), tip + 1, tip + AHEAD));
        if (committee.isEmpty() || committee.get().seatOf(sender).isEmpty()) {
            return Verdict.IGNORE; // perhaps of a committee that this node does not know yet
        }
        if (message.height() > tip + AHEAD && !status) {
            events.behind();
            return Verdict.IGNORE;
        }
        Optional<String> problem =
                new MessageCheck(committee.get(), scheme.ballots(), scheme.headers()).problem(sender, message);
        if (problem.isPresent()) {
            LOG.debug("from %s by %s: %s", sender.shortHex(), from, problem.get());
            return Verdict.REJECT;
        }
        receive(sender, message);
        return Verdict.ACCEPT;
    }

    @Override
    public void close() {
        closed = true;
        pubsub.unsubscribe(TOPIC);
        timers.shutdownNow();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Outbox implements MemberPorts.Outbox {
        @Override
        public void broadcast(Committee committee, Message message) {
            if (committee.seats().size() > 1) {
                pubsub.publish(TOPIC, Message.CODEC.encode(message));
            }
        }

        /** Members need not be connected with one another, so an answer takes the way of everything else. */
        @Override
        public void send(NodeId to, Message message) {
            pubsub.publish(TOPIC, Message.CODEC.encode(message));
        }
    }

    private final class Clock implements MemberPorts.Clock {
        @Override
        public long nowMs() {
            return System.currentTimeMillis();
        }

        @Override
        public void arm(Timer timer, long delayMs) {
            after(delayMs, () -> member.elapsed(timer));
        }

        @Override
        public void armBuild(long height, int view, long delayMs) {
            after(delayMs, () -> member.buildNow(height, view));
        }

        private void after(long delayMs, Runnable task) {
            if (!closed) {
                timers.schedule(() -> postSurely(task), delayMs, TimeUnit.MILLISECONDS);
            }
        }
    }

    private final class Observer implements MemberPorts.Observer {
        @Override
        public void missing(long height, Hash32 block) {
            events.behind();
        }

        @Override
        public void behind(NodeId peer, long height) {
            events.behind();
        }

        @Override
        public void contradiction(Contradiction contradiction) {
            events.contradiction(contradiction);
        }

        @Override
        public void hostile(NodeId from, String why) {
            policy.punish(Peers.peerId(from), why);
        }

        @Override
        public void decided(SealedBlock block) {
            events.decided(block);
        }

        @Override
        public void broken(String why) {
            LOG.warn("this machine computes otherwise than two thirds of the committee: %s", why);
        }
    }
}
