package org.hearthnet.inference.exec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the caches of sequences that have ended, so that others which begin with the same tokens need not compute them
 * again. What a position gives depends on the tokens up to it only, bit for bit, so nothing changes but time.
 *
 * <p>What is kept counts against the same {@link KvBudget} as the sequences under way and makes room for them: the ends
 * that were used longest ago go first. Positions that are taken over are seen by no observer. Thread-safe.
 */
public final class PrefixCache implements AutoCloseable {
    /** Fewer positions than this are computed faster than looked for and copied. */
    private static final int LEAST = 16;

    /** A sequence that ended: nobody goes on with it, so its pages never change. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Kept(int[] tokens, SequenceState sequence) {
        /** Positions that a sequence of {@code other} tokens has in common with it. */
        int common(int[] other) {
            int mismatch = Arrays.mismatch(tokens, other);
            return mismatch < 0 ? tokens.length : mismatch;
        }
    }

    private final StageExecutor stage;
    private final KvBudget budget;
    private final int mostSequences;
    private final long mostBytes;
    private final BooleanSupplier reserve = this::letGo;
    /** Those used last at the end. */
    private final List<Kept> kept = new ArrayList<>();

    private long reused;
    private boolean closed;

    /**
     * An empty cache.
     *
     * @param budget that the sequences of {@code stage} are made with
     * @param mostSequences that are kept
     * @param mostBytes that they may have, pages counted as often as they are shared
     */
    public PrefixCache(StageExecutor stage, KvBudget budget, int mostSequences, long mostBytes) {
        this.stage = stage;
        this.budget = budget;
        this.mostSequences = mostSequences;
        this.mostBytes = mostBytes;
        budget.addReserve(reserve);
    }

    /**
     * A new sequence for {@code tokens}, with as many of them in its cache as are known; the last never is, since somebody
     * wants what comes of it. {@link SequenceState#length()} tells where to go on.
     *
     * @param limit as for {@link StageExecutor#newSequence}
     */
    public synchronized SequenceState begin(int[] tokens, int limit) {
        Kept best = null;
        int common = LEAST - 1;
        for (Kept each : kept) {
            int here = Math.min(each.common(tokens), tokens.length - 1);
            if (here > common) {
                best = each;
                common = here;
            }
        }
        int most = Math.min(limit, stage.config().context());
        if (best == null || common > most) {
            return stage.newSequence(limit, budget);
        }
        use(best);
        reused += common;
        return best.sequence.fork(common, most);
    }

    /**
     * Keeps what {@code sequence}, which stays the caller's, has in its cache. Best at its end: to go on, it must copy the page
     * that it stands in, for which the budget needs room.
     *
     * @param tokens the tokens that went into it from position 0 on; those beyond its length do not count
     */
    public synchronized void keep(int[] tokens, SequenceState sequence) {
        int length = Math.min(tokens.length, sequence.length());
        if (closed || length < LEAST) {
            return;
        }
        int[] known = Arrays.copyOf(tokens, length);
        Kept longer = find(known);
        if (longer != null) {
            use(longer);
            return;
        }
        for (Kept each : List.copyOf(kept)) {
            if (each.common(known) == each.tokens.length) {
                remove(each); // the new one begins with all of it
            }
        }
        kept.add(new Kept(known, sequence.fork(length, length)));
        while (kept.size() > mostSequences || bytes() > mostBytes) {
            remove(kept.getFirst());
        }
    }

    private @Nullable Kept find(int[] beginning) {
        return kept.stream()
                .filter(each -> each.common(beginning) == beginning.length)
                .findFirst()
                .orElse(null);
    }

    private void use(Kept each) {
        kept.remove(each);
        kept.add(each);
    }

    private void remove(Kept each) {
        kept.remove(each);
        each.sequence.close();
    }

    /** Lets go of what was used longest ago, if there is anything. */
    private synchronized boolean letGo() {
        if (kept.isEmpty()) {
            return false;
        }
        remove(kept.getFirst());
        return true;
    }

    private long bytes() {
        return kept.stream().mapToLong(each -> each.sequence.bytes()).sum();
    }

    /** Positions that were taken over instead of computed. */
    public synchronized long reused() {
        return reused;
    }

    /** Sequences that are kept. */
    public synchronized int size() {
        return kept.size();
    }

    /** Lets go of everything. */
    @Override
    public synchronized void close() {
        closed = true;
        budget.removeReserve(reserve);
        while (letGo()) {}
    }
}
