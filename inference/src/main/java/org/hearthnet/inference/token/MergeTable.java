package org.hearthnet.inference.token;

import java.util.HashMap;
import java.util.Map;

/** Ranks of byte pair merges by the ids of their halves. */
final class MergeTable {
    /** Returned where two tokens do not merge. */
    static final int NONE = Integer.MAX_VALUE;

    private final Map<Long, Integer> ranks;
    private final int[] merged;

    private MergeTable(Map<Long, Integer> ranks, int[] merged) {
        this.ranks = ranks;
        this.merged = merged;
    }

    /** The rank of merging {@code left} and {@code right}: lower goes first. */
    int rank(int left, int right) {
        Integer rank = ranks.get(key(left, right));
        return rank == null ? NONE : rank;
    }

    /** The id that the merge of a rank gives. */
    int merged(int rank) {
        return merged[rank];
    }

    private static long key(int left, int right) {
        return (long) left << 32 | right;
    }

    /** Collects merges in order of rank. */
    static final class Builder {
        private final Map<Long, Integer> ranks = new HashMap<>();
        private final int[] merged;
        private int size;

        Builder(int capacity) {
            merged = new int[capacity];
        }

        void add(int left, int right, int result) {
            ranks.putIfAbsent(key(left, right), size);
            merged[size++] = result;
        }

        MergeTable build() {
            return new MergeTable(ranks, merged);
        }
    }
}
