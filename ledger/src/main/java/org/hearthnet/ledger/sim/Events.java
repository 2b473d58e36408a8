package org.hearthnet.ledger.sim;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What will happen, in the order of virtual time; what happens at one instant, in the order in which it was planned. */
final class Events {
    private record Event(long atMs, long number, Runnable action) {}

    private final PriorityQueue<Event> queue =
            new PriorityQueue<>(Comparator.comparingLong(Event::atMs).thenComparingLong(Event::number));
    private long nowMs;
    private long planned;
    private long done;
    private long trace = 0x9E3779B97F4A7C15L;

    long nowMs() {
        return nowMs;
    }

    /** How many events have happened. */
    long done() {
        return done;
    }

    void after(long delayMs, Runnable action) {
        queue.add(new Event(nowMs + delayMs, planned++, action));
    }

    /** Lets the next event happen, if there is one at or before {@code untilMs}. */
    boolean step(long untilMs) {
        Event next = queue.peek();
        if (next == null || next.atMs() > untilMs) {
            return false;
        }
        queue.remove();
        nowMs = next.atMs();
        done++;
        note(nowMs, next.number());
        next.action().run();
        return true;
    }

    /** Mixes what happened into the trace: equal traces mean equal runs. */
    void note(long... values) {
        for (long value : values) {
            long mixed = (trace ^ value) * 0xBF58476D1CE4E5B9L;
            trace = Long.rotateLeft(mixed, 31) ^ mixed >>> 27;
        }
    }

    /** A hash of everything that happened. */
    long trace() {
        return trace;
    }
}
