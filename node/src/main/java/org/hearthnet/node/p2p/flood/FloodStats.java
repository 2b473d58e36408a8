package org.hearthnet.node.p2p.flood;

import java.util.concurrent.atomic.LongAdder;

/** Counts since the start. */
public final class FloodStats {
    final LongAdder received = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder accepted = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder ignored = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder throttled = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder sent = new LongAdder();

    FloodStats() {}

    /**
     * A snapshot.
     *
     * @param received messages read from neighbours
     * @param duplicates of those, seen before
     * @param accepted of those, delivered and forwarded
     * @param rejected of those, refused by a validator
     * @param ignored of those, dropped without blame, unknown topics among them
     * @param malformed of those, not readable or not signed by their sender
     * @param throttled times a neighbour had to wait for its rate
     * @param dropped messages that gave way in a full queue
     * @param sent messages handed to neighbours
     */
    public record Counts(
            long received,
            long duplicates,
            long accepted,
            long rejected,
            long ignored,
            long malformed,
            long throttled,
            long dropped,
            long sent) {}

    Counts counts() {
        return new Counts(
                received.sum(),
                duplicates.sum(),
                accepted.sum(),
                rejected.sum(),
                ignored.sum(),
                malformed.sum(),
                throttled.sum(),
                dropped.sum(),
                sent.sum());
    }
}
