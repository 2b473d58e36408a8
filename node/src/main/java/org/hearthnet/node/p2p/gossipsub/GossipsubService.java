package org.hearthnet.node.p2p.gossipsub;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hearthnet.node.p2p.Host;
import org.hearthnet.node.p2p.Identity;
import org.hearthnet.node.p2p.MessageStream;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.ProtocolLimits;

/**
 * Publish and subscribe among the connected peers that speak gossipsub: the shell of a {@link Router}. What a neighbour sends
 * beyond its rate, or faster than its messages are judged, is not lost but waits at its end, as it is simply not read.
 */
public final class GossipsubService implements AutoCloseable {
    private final Host host;
    private final Identity identity;
    private final GossipsubConfig config;
    private final GossipClock clock;
    private final GossipStats stats = new GossipStats();
    private final Map<String, Topic> topics = new ConcurrentHashMap<>();
    private final AtomicLong sequence;
    private final BiConsumer<PeerId, String> misbehaviour;
    private final Links links;
    private final Thread heart;

    /** Guards the router; what it says is put into queues before another step is made. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition judged = lock.newCondition();
    private final Router router;
    private volatile boolean closed;

    /**
     * Starts at once.
     *
     * @param firstSequence greater than any sequence number that this identity has used: microseconds since 1970, say
     * @param misbehaviour told of peers that are disconnected for what they sent
     */
    public GossipsubService(
            Host host,
            Identity identity,
            GossipsubConfig config,
            GossipClock clock,
            long firstSequence,
            BiConsumer<PeerId, String> misbehaviour) {
        this.host = host;
        this.identity = identity;
        this.config = config;
        this.clock = clock;
        this.sequence = new AtomicLong(firstSequence);
        this.misbehaviour = misbehaviour;
        this.router = new Router(host.id(), config.mesh(), config.scores(), config.limits(), new SecureRandom());
        this.links = new Links(this, host, config, clock, stats);
        ProtocolLimits streams = new ProtocolLimits(
                Links.STREAMS_PER_PEER, Links.STREAMS_PER_PEER * config.limits().peers());
        Version.protocols().forEach(protocol -> host.handle(protocol, streams, links::receive));
        this.heart = Thread.ofVirtual().name("gossipsub-heart").start(this::beat);
        links.start();
    }

    /**
     * Takes part in a topic; messages of other topics are neither taken nor passed on.
     *
     * @param delivered given each accepted message of others, on the topic's thread, after it was passed on
     */
    public void subscribe(String topic, Validator validator, Consumer<Message> delivered) {
        String full = requireTopic(topic);
        Topic fresh = new Topic(
                config.limits().validating(),
                delivered,
                (message, from) -> judge(validator, message, from),
                this::step);
        Topic old = topics.put(full, fresh);
        if (old != null) {
            old.close();
        }
        try {
            step(new Input.Join(full));
        } catch (IllegalStateException e) {
            topics.remove(full);
            throw e;
        }
        Thread.ofVirtual().name("gossipsub-" + topic).start(fresh::run);
    }

    public void unsubscribe(String topic) {
        String full = config.full(topic);
        Topic old = topics.remove(full);
        if (old != null) {
            old.close();
            step(new Input.Leave(full));
        }
    }

    /** Signs a message and sends it; it is neither validated nor delivered here. Never waits for the network. */
    public Message publish(String topic, byte[] data) {
        String full = requireTopic(topic);
        if (data.length > maxPayload()) {
            throw new IllegalArgumentException("message of " + data.length + " bytes, at most " + maxPayload());
        }
        Message message = Message.sign(identity, full, sequence.getAndIncrement(), data);
        step(new Input.Publish(message));
        return message;
    }

    /** Bytes of the largest message. */
    public int maxPayload() {
        return Message.MAX_ENCODED - Message.MAX_TOPIC - Message.OVERHEAD;
    }

    /** Raises or lowers the score of a connected peer, P5; 0 is neutral. */
    public void opinion(PeerId peer, double score) {
        step(new Input.Opinion(peer, score));
    }

    public GossipStats.Counts stats() {
        return stats.counts(ask(Router::stats));
    }

    /** The score of a connected peer. */
    public double score(PeerId peer) {
        return ask(r -> r.score(peer));
    }

    /** Peers in the mesh of a topic. */
    public Set<PeerId> mesh(String topic) {
        return ask(r -> r.mesh(config.full(topic)));
    }

    /** Connected peers that have joined any topic, as far as is known here. */
    public int neighbours() {
        return ask(Router::neighbours);
    }

    @Override
    public void close() {
        closed = true;
        Version.protocols().forEach(host::unhandle);
        links.close();
        heart.interrupt();
        topics.values().forEach(Topic::close);
        lock.lock();
        try {
            judged.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private String requireTopic(String topic) {
        String full = config.full(topic);
        int length = full.getBytes(StandardCharsets.UTF_8).length;
        if (topic.isEmpty() || length > Message.MAX_TOPIC) {
            throw new IllegalArgumentException(
                    "a topic has 1 to " + Message.MAX_TOPIC + " bytes, its namespace included");
        }
        return full;
    }

    private <T> T ask(Function<Router, T> question) {
        lock.lock();
        try {
            return question.apply(router);
        } finally {
            lock.unlock();
        }
    }

    private void beat() {
        try {
            while (!closed) {
                Thread.sleep(config.mesh().heartbeatMs());
                step(new Input.Heartbeat());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells the router; what it wants sent is queued in its order, and the rest is done by the calling thread. */
    void step(Input input) {
        List<Runnable> rest = new ArrayList<>();
        lock.lock();
        try {
            router.step(input, nowMs()).forEach(effect -> perform(effect, rest));
            if (input instanceof Input.Judged) {
                judged.signalAll();
            }
        } finally {
            lock.unlock();
        }
        rest.forEach(Runnable::run);
    }

    private long nowMs() {
        return clock.nanos() / 1_000_000;
    }

    private void perform(Effect effect, List<Runnable> rest) {
        switch (effect) {
            case Effect.Send(PeerId peer, Rpc rpc) -> links.send(peer, MessageStream.frame(RpcCodec.encode(rpc)), true);
            case Effect.Forward(Message message, List<PeerId> peers) -> {
                byte[] frame = MessageStream.frame(RpcCodec.encode(Rpc.publishing(List.of(message))));
                peers.forEach(peer -> links.send(peer, frame, false));
            }
            case Effect.Validate(Message message, PeerId from) -> {
                Topic topic = topics.get(message.topic());
                if (topic == null || !topic.offer(message, from)) {
                    rest.add(() -> step(new Input.Judged(message, from, Verdict.THROTTLE)));
                }
            }
            case Effect.Deliver(Message message, PeerId from) ->
                rest.add(() -> {
                    Topic topic = topics.get(message.topic());
                    if (topic != null) {
                        topic.deliver(message);
                    }
                });
            case Effect.Connect(List<PeerId> peers) -> links.connect(peers);
            case Effect.Graylisted(PeerId peer) -> rest.add(() -> expel(peer, "gossipsub: its score is too low"));
        }
    }

    private Verdict judge(Validator validator, Message message, PeerId from) {
        if (!message.isAuthentic()) {
            stats.forged.increment();
            expel(from, "gossipsub: a message that its author did not sign");
            return Verdict.REJECT;
        }
        try {
            return validator.validate(message, from);
        } catch (RuntimeException e) {
            if (!closed && topics.containsKey(message.topic())) { // else what the validator uses is closed already
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
            return Verdict.IGNORE;
        }
    }

    /** Waits until there is room to judge the messages of an RPC. */
    void awaitRoom(PeerId peer, Rpc rpc) throws InterruptedException {
        lock.lock();
        try {
            while (!closed && !router.hasRoom(peer, rpc)) {
                judged.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What this side has joined, as an RPC with its length before it. */
    byte[] hello() {
        List<Rpc.Subscription> all = topics.keySet().stream()
                .map(topic -> new Rpc.Subscription(topic, true))
                .toList();
        Rpc rpc = new Rpc(all, List.of(), 0, List.of(), List.of(), List.of(), List.of(), List.of());
        return MessageStream.frame(RpcCodec.encode(rpc));
    }

    void expel(PeerId peer, String why) {
        host.disconnect(peer);
        misbehaviour.accept(peer, why);
    }
}
