package org.hearthnet.ledger.sim;

import java.util.List;

/**
 * What became of a run.
 *
 * @param seed which run
 * @param cast who took part, for people
 * @param violations of safety: must be none
 * @param isLive whether the chain grew at every honest member once all was well
 * @param faultyHeight the highest final block when all became well
 * @param recoveryMs virtual time from then until the chain had grown enough; the whole limit if it never did
 * @param events how many
 * @param trace a hash of everything that happened: equal seeds give equal traces
 */
public record SimResult(
        long seed,
        String cast,
        List<String> violations,
        boolean isLive,
        long faultyHeight,
        long recoveryMs,
        long events,
        long trace) {
    /** Copies the list. */
    public SimResult {
        violations = List.copyOf(violations);
    }

    /** Whether nothing broke. */
    public boolean isGood() {
        return violations.isEmpty() && isLive;
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + (isLive ? "live" : "NOT LIVE") + ", "
                + (violations.isEmpty() ? "safe" : "NOT SAFE " + violations) + ", height " + faultyHeight
                + " under faults, "
                + recoveryMs + " ms to recover, " + events + " events, " + cast;
    }
}
