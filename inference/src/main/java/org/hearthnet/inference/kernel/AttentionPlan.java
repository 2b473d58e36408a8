package org.hearthnet.inference.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the attention of a batch into tasks for {@link VectorAttention}: queries of rows that follow each other in one
 * sequence, and of heads that share a key-value head.
 */
final class AttentionPlan {
    private AttentionPlan() {}

    /** Queries that share the keys and values of a cache. */
    @SuppressWarnings("ArrayRecordComponent")
    record Task(HeapKvLayer cache, int kvHead, VectorAttention.Query[] queries) {}

    /** All tasks of a batch, the longest last. */
    static List<Task> of(AttentionShape shape, KvLayer[] caches, Positions positions) {
        var tasks = new ArrayList<Task>();
        int from = 0;
        while (from < positions.count()) {
            int to = from + 1;
            while (to < positions.count() && caches[to] == caches[from]) {
                to++;
            }
            for (int kvHead = 0; kvHead < shape.kvHeads(); kvHead++) {
                cut(shape, (HeapKvLayer) caches[from], kvHead, positions, from, to, tasks);
            }
            from = to;
        }
        return tasks;
    }

    private static void cut(
            AttentionShape shape,
            HeapKvLayer cache,
            int kvHead,
            Positions positions,
            int fromRow,
            int toRow,
            List<Task> tasks) {
        int group = shape.heads() / shape.kvHeads();
        int count = (toRow - fromRow) * group;
        for (int at = 0; at < count; at += VectorAttention.QUERIES) {
            var queries = new VectorAttention.Query[Math.min(VectorAttention.QUERIES, count - at)];
            for (int i = 0; i < queries.length; i++) {
                int row = fromRow + (at + i) / group;
                int head = kvHead * group + (at + i) % group;
                queries[i] =
                        new VectorAttention.Query(row * shape.queryWidth() + head * shape.headDim(), positions.at(row));
            }
            tasks.add(new Task(cache, kvHead, queries));
        }
    }
}
