package org.hearthnet.inference.exec;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides what goes into the next pass. Pure: the same work and limits give the same plan. Work that is one row long, as
 * every decoding step is, goes first, so that prompts do not hold up answers; what is left of the pass is dealt out
 * evenly to longer inputs. Some of a pass is always left to long inputs, so that neither kind starves the other. Memory
 * is no part of the plan, as work waits only after its cache was reserved.
 *
 * @param rows most rows of a pass
 * @param besideDecoding most rows of long inputs in a pass that also decodes: the price of a prompt in latency for others
 */
record BatchPlanner(int rows, int besideDecoding) {
    /** Long inputs are cut no smaller than this, unless less is left of the pass: weights are read once a piece. */
    static final int SMALLEST_PIECE = 16;

    BatchPlanner {
        if (rows < 2 || besideDecoding < 1 || besideDecoding >= rows) {
            throw new IllegalArgumentException(rows + " rows, " + besideDecoding + " beside decoding");
        }
    }

    /** {@code rows} rows of the work at place {@code index}; always the first that are left of it. */
    record Share(int index, int rows) {}

    /**
     * The next pass.
     *
     * @param left rows left of each work, at least 1; whoever has waited longest comes first
     * @return shares in order of {@code left}, each at least one row; none only if nothing is left
     */
    List<Share> plan(List<Integer> left) {
        int singles = (int) left.stream().filter(n -> n == 1).count();
        long longRows = left.stream().mapToLong(n -> n == 1 ? 0 : n).sum();
        int forLong = (int) Math.min(longRows, singles == 0 ? rows : besideDecoding);
        int[] given = new int[left.size()];
        int free = rows - forLong;
        for (int i = 0; i < given.length && free > 0; i++) {
            if (left.get(i) == 1) {
                given[i] = 1;
                free--;
            }
        }
        deal(left, given, forLong);
        var plan = new ArrayList<Share>();
        for (int i = 0; i < given.length; i++) {
            if (given[i] > 0) {
                plan.add(new Share(i, given[i]));
            }
        }
        return plan;
    }

    private static void deal(List<Integer> left, int[] given, int room) {
        long many = left.stream().filter(n -> n > 1).count();
        int piece = many == 0 ? 0 : Math.max(SMALLEST_PIECE, (int) (room / many));
        int free = room;
        while (free > 0) {
            for (int i = 0; i < given.length && free > 0; i++) {
                if (left.get(i) > 1) {
                    int more = Math.min(free, Math.min(piece, left.get(i) - given[i]));
                    given[i] += more;
                    free -= more;
                }
            }
        }
    }
}
