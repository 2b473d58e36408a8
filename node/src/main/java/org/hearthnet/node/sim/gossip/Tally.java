package org.hearthnet.node.sim.gossip;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hearthnet.node.p2p.gossipsub.Message;
import org.hearthnet.node.p2p.gossipsub.MessageId;

/** Who got which message when, and what it cost. */
final class Tally {
    /** One message that counts. */
    private static final class Course {
        final long sentMs;
        final int bytes;
        final Set<Actor> audience;
        final Map<Actor, Long> arrivedMs = new HashMap<>();

        Course(long sentMs, int bytes, Set<Actor> audience) {
            this.sentMs = sentMs;
            this.bytes = bytes;
            this.audience = audience;
        }
    }

    private final World world;
    private final Map<MessageId, Course> courses = new HashMap<>();
    private long copies;
    private long honestBytes;
    private long shunnedHonest;
    private long shunnedAttackers;

    Tally(World world) {
        this.world = world;
    }

    /** @param audience honest peers that have a link at this moment, without the author */
    void published(Message message, Set<Actor> audience) {
        courses.put(message.id(), new Course(world.nowMs(), message.size(), new HashSet<>(audience)));
    }

    void delivered(Actor actor, Message message) {
        Course course = courses.get(message.id());
        if (course != null) {
            course.arrivedMs.put(actor, world.nowMs());
        }
    }

    /** A copy of a message that counts was sent by an honest peer. */
    void copied(Message message) {
        copies += courses.containsKey(message.id()) ? 1 : 0;
    }

    /** Bytes of any kind that an honest peer sent while messages counted. */
    void sentBytes(int bytes) {
        honestBytes += courses.isEmpty() ? 0 : bytes;
    }

    void shunned(Actor by, Actor peer) {
        if (by.isHonest() && peer.isHonest()) {
            shunnedHonest++;
        } else if (by.isHonest()) {
            shunnedAttackers++;
        }
    }

    /** Sums up; those that have left meanwhile owe nothing. */
    GossipResult result(long seed) {
        Plan plan = world.plan();
        List<Long> times = new ArrayList<>();
        long pairs = 0;
        long inTime = 0;
        int whole = 0;
        long payload = 0;
        for (Course course : courses.values()) {
            course.audience.removeIf(actor -> !actor.isAlive());
            long late = 0;
            for (Actor actor : course.audience) {
                Long arrived = course.arrivedMs.get(actor);
                boolean good = arrived != null && arrived - course.sentMs <= plan.limitMs();
                late += good ? 0 : 1;
                times.add(arrived == null ? Long.MAX_VALUE : arrived - course.sentMs);
            }
            pairs += course.audience.size();
            inTime += course.audience.size() - late;
            payload += (long) course.bytes * course.audience.size();
            whole += late == 0 ? 1 : 0;
        }
        times.sort(null);
        return new GossipResult(
                seed,
                plan.attack(),
                plan.peers(),
                courses.size(),
                100.0 * whole / courses.size(),
                100.0 * inTime / pairs,
                plan.limitMs(),
                at(times, 0.5),
                at(times, 0.99),
                at(times, 1),
                (double) copies / pairs,
                (double) honestBytes / payload,
                shunnedHonest,
                shunnedAttackers);
    }

    private static long at(List<Long> sorted, double part) {
        long value = sorted.get((int) Math.min(sorted.size() - 1, Math.floor(part * sorted.size())));
        return value == Long.MAX_VALUE ? -1 : value;
    }
}
