package org.hearthnet.node.pipeline.plan;

import java.util.ArrayList;
import java.util.List;
import org.hearthnet.genesis.protocol.Assignment;

/**
 * In which pieces a job is prepaid: each chunk of the prompt, then 8, 16, 32 and always 64 positions. The first are small
 * because nobody knows anybody yet; none is above 64, which bounds what a client can lose.
 */
public final class IntervalSchedule {
    /** Most positions of an interval. */
    public static final int MAX_INTERVAL = 64;

    private static final int FIRST_INTERVAL = 8;

    private final int promptTokens;
    private final int lastPosition;
    private final int chunk;

    /**
     * The schedule of a job.
     *
     * @param promptTokens length of the prompt
     * @param maxTokens most tokens of the answer
     * @param chunk most positions of one frame, 1 to {@value #MAX_INTERVAL}
     */
    public IntervalSchedule(int promptTokens, int maxTokens, int chunk) {
        if (promptTokens < 1 || maxTokens < 1 || chunk < 1 || chunk > MAX_INTERVAL) {
            throw new IllegalArgumentException("no schedule of " + promptTokens + " + " + maxTokens + " by " + chunk);
        }
        this.promptTokens = promptTokens;
        // The last token of the answer is drawn at the position before it and never executed itself.
        this.lastPosition = promptTokens + maxTokens - 1;
        this.chunk = chunk;
    }

    /** The schedule of {@code assignment}. */
    public static IntervalSchedule of(Assignment assignment, int chunk) {
        return new IntervalSchedule(assignment.promptTokens(), assignment.maxTokens(), chunk);
    }

    /** Positions that are executed at most. */
    public int total() {
        return lastPosition;
    }

    /** Where the interval ends that {@code position} is in; the total has no next. */
    public int next(int position) {
        if (position < 0 || position >= lastPosition) {
            throw new IllegalArgumentException("position " + position + " is in no interval");
        }
        if (position < promptTokens) {
            return Math.min((position / chunk + 1) * chunk, promptTokens);
        }
        int end = promptTokens;
        for (int size = FIRST_INTERVAL; end <= position; size = Math.min(2 * size, MAX_INTERVAL)) {
            end += size;
        }
        return Math.min(end, lastPosition);
    }

    /** Whether an interval ends at {@code position}. */
    public boolean isEnd(int position) {
        return position > 0 && position <= lastPosition && next(position - 1) == position;
    }

    /** Ends of all intervals in order. */
    public List<Integer> ends() {
        List<Integer> out = new ArrayList<>();
        for (int at = 0; at < lastPosition; ) {
            at = next(at);
            out.add(at);
        }
        return out;
    }
}
