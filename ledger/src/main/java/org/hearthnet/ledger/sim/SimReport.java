package org.hearthnet.ledger.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/**
 * What became of many runs.
 *
 * @param runs how many
 * @param safetyViolations runs in which something happened that must never happen
 * @param livenessFailures runs whose chain did not grow after all was well
 * @param failed those of both kinds, in the order of their seeds
 */
public record SimReport(long runs, long safetyViolations, long livenessFailures, List<SimResult> failed) {
    /** Copies the list. */
    public SimReport {
        failed = List.copyOf(failed);
    }

    /**
     * Runs seeds on all processors.
     *
     * @param first the first seed
     * @param last the last one, included
     * @param progress told how many are done, from any thread
     */
    public static SimReport of(long first, long last, LongConsumer progress) {
        var done = new java.util.concurrent.atomic.AtomicLong();
        List<SimResult> failed = LongStream.rangeClosed(first, last)
                .parallel()
                .mapToObj(seed -> {
                    SimResult result = ConsensusSim.run(seed);
                    progress.accept(done.incrementAndGet());
                    return result;
                })
                .filter(result -> !result.isGood())
                .toList();
        return of(last - first + 1, failed);
    }

    static SimReport of(long runs, List<SimResult> failed) {
        long unsafe =
                failed.stream().filter(result -> !result.violations().isEmpty()).count();
        long stuck = failed.stream().filter(result -> !result.isLive()).count();
        return new SimReport(runs, unsafe, stuck, failed);
    }

    /** Seeds that failed. */
    public List<Long> failedSeeds() {
        List<Long> out = new ArrayList<>();
        failed.forEach(result -> out.add(result.seed()));
        return out;
    }
}
