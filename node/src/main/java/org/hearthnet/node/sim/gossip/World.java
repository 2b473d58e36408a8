package org.hearthnet.node.sim.gossip;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.hearthnet.node.p2p.PeerId;
import org.hearthnet.node.p2p.PublicKey;
import org.hearthnet.node.p2p.gossipsub.MeshParams;
import org.hearthnet.node.p2p.gossipsub.Message;
import org.hearthnet.node.p2p.gossipsub.Rpc;
import org.hearthnet.node.p2p.gossipsub.RpcCodec;

/**
 * The simulated network: virtual time, links with latency and loss, peers that come and go.
 *
 * <p>Loss is harsher than over TCP, which repeats what is lost: an RPC is gone for good, as if a full queue had dropped it. Only
 * what announces topics is repeated after a second, since a stream never loses its beginning. Bandwidth is not modelled.
 */
final class World {
    static final String TOPIC = "sim";

    private static final int PAYLOAD = 300;
    private static final long REPEAT_MS = 1_000;
    /** Until the silence of a peer that vanished without a word is noticed. */
    private static final long SILENCE_MS = 15_000;

    private static final int VICTIMS = 5;

    private record Event(long atMs, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atMs, other.atMs);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final Plan plan;
    private final SplittableRandom random;
    private final Tally tally = new Tally(this);
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Actor> living = new ArrayList<>();
    private final List<Actor> victims = new ArrayList<>();
    private final Map<PeerId, Actor> byId = new HashMap<>();
    private final Map<PeerId, Map<PeerId, Integer>> latency = new HashMap<>();
    private long nowMs;
    private long order;
    private long sequence;

    World(Plan plan, long seed) {
        this.plan = plan;
        this.random = new SplittableRandom(seed);
    }

    Plan plan() {
        return plan;
    }

    RandomGenerator random() {
        return random;
    }

    Tally tally() {
        return tally;
    }

    long nowMs() {
        return nowMs;
    }

    void after(long delayMs, Actor actor, Runnable action) {
        at(delayMs, () -> {
            if (actor.isAlive()) {
                action.run();
            }
        });
    }

    private void at(long delayMs, Runnable action) {
        events.add(new Event(nowMs + delayMs, order++, action));
    }

    Optional<Actor> find(PeerId id) {
        return Optional.ofNullable(byId.get(id));
    }

    PeerId anybody() {
        return living.get(random.nextInt(living.size())).id;
    }

    PeerId victim() {
        return victims.get(random.nextInt(victims.size())).id;
    }

    static boolean isValid(Message message) {
        return message.data()[0] == 1;
    }

    Message message(PeerId author, boolean valid) {
        byte[] data = new byte[PAYLOAD];
        data[0] = (byte) (valid ? 1 : 0);
        byte[] signature = new byte[PublicKey.SIGNATURE_SIZE];
        random.nextBytes(signature);
        return Message.unauthentic(author, TOPIC, sequence++, data, signature);
    }

    /** Runs it all; the same seed is the same run. */
    void run() {
        int attackers = plan.peers() * plan.attackers() / 100;
        for (int i = 0; i < plan.peers(); i++) {
            int number = i;
            boolean attacks = i >= plan.peers() - attackers;
            at(random.nextLong(plan.warmUpMs() / 6), () -> enter(attacks ? attacker(number) : honest()));
        }
        if (plan.replacedPer10Min() > 0) {
            replaceAfter(600_000L * 100 / ((long) plan.peers() * plan.replacedPer10Min()));
        }
        for (int i = 0; i < plan.messages(); i++) {
            at(plan.warmUpMs() + i * plan.pauseMs(), this::publish);
        }
        long end = plan.warmUpMs() + plan.messages() * plan.pauseMs() + plan.limitMs() + 1_000;
        while (!events.isEmpty() && events.peek().atMs <= end) {
            Event event = events.remove();
            nowMs = event.atMs;
            event.action.run();
        }
    }

    private PeerId newId() {
        byte[] key = new byte[PublicKey.SIZE];
        random.nextBytes(key);
        return PeerId.of(PublicKey.ofRaw(key));
    }

    private Actor honest() {
        return new RouterActor(this, newId());
    }

    private Actor attacker(int number) {
        return switch (plan.attack()) {
            case NONE -> honest();
            case TAKEOVER -> new MeshTaker(this, newId());
            case ECLIPSE -> new Eclipser(this, newId());
            case IHAVE -> new HaveSpammer(this, newId());
            case INVALID -> new InvalidSpammer(this, newId());
            case WITHHOLD -> new Withholder(this, newId());
            case MIXED ->
                switch (number % 5) {
                    case 0 -> new MeshTaker(this, newId());
                    case 1 -> new Eclipser(this, newId());
                    case 2 -> new HaveSpammer(this, newId());
                    case 3 -> new InvalidSpammer(this, newId());
                    default -> new Withholder(this, newId());
                };
        };
    }

    private void enter(Actor actor) {
        living.add(actor);
        byId.put(actor.id, actor);
        if (actor.isHonest() && victims.size() < VICTIMS) {
            victims.add(actor);
        }
        for (int i = 0; i < plan.dials(); i++) {
            dial(actor, anybody());
        }
        beat(actor, random.nextLong(MeshParams.DEFAULT.heartbeatMs()));
    }

    private void beat(Actor actor, long delayMs) {
        after(delayMs, actor, () -> {
            actor.heartbeat();
            beat(actor, MeshParams.DEFAULT.heartbeatMs());
        });
    }

    /** Every so often an honest peer leaves, with or without a word, and a new one comes. Victims stay, to be watched. */
    private void replaceAfter(long periodMs) {
        at(periodMs, () -> {
            List<Actor> honest = living.stream()
                    .filter(a -> a.isHonest() && !victims.contains(a))
                    .toList();
            if (!honest.isEmpty()) {
                leave(honest.get(random.nextInt(honest.size())), random.nextBoolean());
                enter(honest());
            }
            replaceAfter(periodMs);
        });
    }

    private void leave(Actor actor, boolean saysGoodbye) {
        actor.die();
        living.remove(actor);
        byId.remove(actor.id);
        for (Actor other : List.copyOf(actor.links.keySet())) {
            after(saysGoodbye ? latency(actor, other) : SILENCE_MS, other, () -> {
                if (other.links.containsKey(actor)) {
                    other.unlinked(actor);
                }
            });
        }
    }

    private void publish() {
        List<Actor> authors = living.stream().filter(Actor::isHonest).toList();
        RouterActor author = (RouterActor) authors.get(random.nextInt(authors.size()));
        Message message = message(author.id, true);
        Set<Actor> audience = new LinkedHashSet<>(authors);
        audience.remove(author);
        audience.removeIf(actor -> actor.links.isEmpty());
        tally.published(message, audience);
        author.publish(message);
    }

    private int latency(Actor a, Actor b) {
        PeerId low = a.id.compareTo(b.id) < 0 ? a.id : b.id;
        PeerId high = low.equals(a.id) ? b.id : a.id;
        return latency.computeIfAbsent(low, key -> new HashMap<>())
                .computeIfAbsent(high, key -> random.nextInt(plan.fastestMs(), plan.slowestMs() + 1));
    }

    /** A handshake takes three latencies. */
    void dial(Actor from, PeerId to) {
        Actor target = byId.get(to);
        if (target == null || target == from || from.links.containsKey(target)) {
            return;
        }
        at(3L * latency(from, target), () -> {
            boolean possible = from.isAlive() && target.isAlive() && !from.links.containsKey(target);
            if (possible && target.welcomes(from) && from.links.size() < limit(from)) {
                from.linked(target, true);
                target.linked(from, false);
            }
        });
    }

    /** Attackers keep no limits. */
    private int limit(Actor actor) {
        return actor.isHonest() ? plan.maxLinks() : Integer.MAX_VALUE;
    }

    void unlink(Actor one, Actor other) {
        one.unlinked(other);
        after(latency(one, other), other, () -> {
            if (other.links.containsKey(one)) {
                other.unlinked(one);
            }
        });
    }

    void send(Actor from, PeerId to, Rpc rpc) {
        Actor target = byId.get(to);
        if (from.isHonest()) {
            count(rpc);
        }
        if (target == null || !from.links.containsKey(target)) {
            return;
        }
        boolean lost = random.nextInt(100) < plan.lossPercent();
        if (lost && rpc.subscriptions().isEmpty()) {
            return;
        }
        after(latency(from, target) + (lost ? REPEAT_MS : 0), target, () -> {
            if (target.links.containsKey(from)) {
                target.receive(from, rpc);
            }
        });
    }

    private void count(Rpc rpc) {
        if (rpc.publish().isEmpty()) {
            tally.sentBytes(RpcCodec.encode(rpc).length);
            return;
        }
        for (Message message : rpc.publish()) {
            tally.copied(message);
            tally.sentBytes(message.size());
        }
    }
}
