package org.hearthnet.inference.token;

import java.util.PriorityQueue;

/**
 * Merges the symbols of one word in order of rank, leftmost first among equals. A queue of candidate pairs over a
 * linked list: n log n, so that one endless word cannot stall a node.
 */
final class BytePairMerger {
    private final MergeTable table;
    private final int[] ids;
    private final int[] next;
    private final int[] previous;
    /** Candidates as rank * 2^32 + left index; stale ones are recognised when they come up. */
    private final PriorityQueue<Long> queue = new PriorityQueue<>();

    private BytePairMerger(MergeTable table, int[] symbols) {
        this.table = table;
        this.ids = symbols;
        this.next = new int[symbols.length];
        this.previous = new int[symbols.length];
    }

    /** Merges {@code symbols} in place and returns how many remain at the front. */
    static int merge(MergeTable table, int[] symbols) {
        return new BytePairMerger(table, symbols).run();
    }

    private int run() {
        for (int i = 0; i < ids.length; i++) {
            next[i] = i + 1;
            previous[i] = i - 1;
        }
        for (int i = 0; i + 1 < ids.length; i++) {
            offer(i);
        }
        while (!queue.isEmpty()) {
            long candidate = queue.remove();
            tryMerge((int) candidate, (int) (candidate >>> 32));
        }
        return compact();
    }

    private void offer(int left) {
        if (left >= 0 && next[left] < ids.length) {
            int rank = table.rank(ids[left], ids[next[left]]);
            if (rank != MergeTable.NONE) {
                queue.add((long) rank << 32 | left);
            }
        }
    }

    private void tryMerge(int left, int rank) {
        if (ids[left] < 0 || next[left] >= ids.length || table.rank(ids[left], ids[next[left]]) != rank) {
            return;
        }
        int right = next[left];
        ids[left] = table.merged(rank);
        ids[right] = -1;
        next[left] = next[right];
        if (next[left] < ids.length) {
            previous[next[left]] = left;
        }
        offer(left);
        offer(previous[left]);
    }

    private int compact() {
        int count = 0;
        for (int i = 0; i < ids.length; i = next[i]) {
            ids[count++] = ids[i];
        }
        return count;
    }
}
