package org.hearthnet.inference.token;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufMetadata;

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

    /** The merges of a file. */
    static MergeTable read(Vocabulary vocabulary) throws GgufException {
        String key = Vocabulary.PREFIX + "merges";
        GgufMetadata metadata = vocabulary.metadata();
        List<String> lines =
                metadata.texts(key).orElseThrow(() -> metadata.error(key, "the byte pair merges are missing"));
        var builder = new Builder(lines.size());
        for (int rank = 0; rank < lines.size(); rank++) {
            String line = lines.get(rank);
            int space = line.indexOf(' ', 1);
            int left = space < 0 ? -1 : vocabulary.id(line.substring(0, space));
            int right = space < 0 ? -1 : vocabulary.id(line.substring(space + 1));
            int result = space < 0 ? -1 : vocabulary.id(line.substring(0, space) + line.substring(space + 1));
            if (left < 0 || right < 0 || result < 0) {
                throw metadata.error(key, "merge " + rank + " is not a pair of tokens of the vocabulary");
            }
            if (!vocabulary.isControl(result)) { // text must not become a control token
                builder.add(left, right, result);
            }
        }
        return builder.build();
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
