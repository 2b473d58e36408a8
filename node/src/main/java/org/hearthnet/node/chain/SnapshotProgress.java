package org.hearthnet.node.chain;

import java.util.function.LongSupplier;
import org.hearthnet.ledger.store.StagedState;

/** Says from time to time how far a state has come. */
public final class SnapshotProgress {
    private static final long PAUSE_MS = 2_000;

    /** Hears of it. */
    @FunctionalInterface
    public interface Listener {
        /** Hears nothing. */
        Listener NONE = (state, bytesPerSecond, secondsLeft) -> {};

        /**
         * Hears how far it is.
         *
         * @param state what is here
         * @param bytesPerSecond of records, since the start
         * @param secondsLeft an estimate; negative if nobody can say
         */
        void at(StagedState state, double bytesPerSecond, double secondsLeft);
    }

    private final LongSupplier clockMs;
    private final Listener listener;
    private long startedMs = -1;
    private long startedBytes;
    private double startedShare;
    private long saidMs;

    SnapshotProgress(LongSupplier clockMs, Listener listener) {
        this.clockMs = clockMs;
        this.listener = listener;
    }

    /** Begins to count with what is here already. */
    synchronized void begin(StagedState state) {
        startedMs = clockMs.getAsLong();
        saidMs = startedMs;
        startedBytes = state.bytes();
        startedShare = state.share();
    }

    /** Another piece is here. */
    synchronized void at(StagedState state) {
        long now = clockMs.getAsLong();
        if (now - saidMs < PAUSE_MS && !state.isComplete()) {
            return;
        }
        saidMs = now;
        double seconds = Math.max(1, now - startedMs) / 1e3;
        double share = state.share() - startedShare;
        double left = share > 0 ? seconds * (1 - state.share()) / share : -1;
        listener.at(state, (state.bytes() - startedBytes) / seconds, left);
    }
}
