package org.hearthnet.ledger.consensus;

/**
 * How long a member waits. Only liveness depends on these.
 *
 * @param blockIntervalMs what the first leader of a height may wait before it makes a block
 * @param viewMs time for proposal and votes; the paper's 3 deltas
 * @param resendMs after which what may have been lost is sent again
 */
public record Timings(long blockIntervalMs, long viewMs, long resendMs) {
    /** The time of a view is multiplied by at most this: it grows with the views, as the network's delay is not known. */
    static final int MAX_GROWTH = 8;

    /** Checks the numbers. */
    public Timings {
        if (blockIntervalMs < 0 || viewMs < 1 || resendMs < 1) {
            throw new IllegalArgumentException("no such times");
        }
    }

    /** How long a view may take. */
    long viewMs(int view) {
        return viewMs * Math.min(view + 1L, MAX_GROWTH) + (view == 0 ? blockIntervalMs : 0);
    }

    /** How long a leader waits for the finalization of the view before. */
    long reproposeMs() {
        return viewMs / 2;
    }
}
