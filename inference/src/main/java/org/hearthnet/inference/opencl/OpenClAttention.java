package org.hearthnet.inference.opencl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hearthnet.inference.kernel.AttentionShape;
import org.hearthnet.inference.kernel.KvLayer;
import org.hearthnet.inference.kernel.Positions;
import org.jspecify.annotations.Nullable;

/** The cache and attention of {@link OpenClKernel}: scores, softmax, mix; rows in groups whose scores fit the scratch. */
final class OpenClAttention {
    /** Floats of scores that are held at a time. */
    private static final long SCRATCH = 16 << 20;

    private static final int SOFTMAX_GROUP = 64;
    private static final KernelName STORE = new KernelName("attention", "cache_store");
    private static final KernelName SCORES = new KernelName("attention", "attention_scores");
    private static final KernelName SOFTMAX = new KernelName("attention", "attention_softmax");
    private static final KernelName MIX = new KernelName("attention", "attention_mix");

    private final OpenClKernel kernel;
    private final PageTables tables;
    private @Nullable DeviceBuffer scratch;

    OpenClAttention(OpenClKernel kernel) {
        this.kernel = kernel;
        this.tables = new PageTables(kernel);
    }

    void store(AttentionShape shape, KvLayer[] caches, Positions positions, DeviceBuffer keys, DeviceBuffer values) {
        PageTables.Sent sent = tables.send(caches, positions);
        long items = (long) positions.count() * shape.kvWidth();
        launch(
                STORE,
                kernel.items(items),
                sent.pool(),
                keys,
                values,
                positions.count(),
                shape.kvHeads(),
                shape.headDim(),
                KvPool.stride(shape.headDim()),
                kernel.positions(positions),
                sent.cacheOfRow(),
                sent.tables(),
                sent.width(),
                sent.pool().pageHalves(),
                kernel.poison());
    }

    void attend(AttentionShape shape, DeviceBuffer q, KvLayer[] caches, Positions positions, DeviceBuffer out) {
        PageTables.Sent sent = tables.send(caches, positions);
        int width = (positions.highest() + KvLayer.PAGE) / KvLayer.PAGE * KvLayer.PAGE;
        long each = (long) shape.heads() * width;
        int atOnce = (int) Math.clamp(SCRATCH / each, 1, positions.count());
        DeviceBuffer scores = scratch(each * atOnce * Float.BYTES);
        for (int from = 0; from < positions.count(); from += atOnce) {
            group(shape, q, positions, out, sent, scores, width, from, Math.min(atOnce, positions.count() - from));
        }
    }

    private void group(
            AttentionShape shape,
            DeviceBuffer q,
            Positions positions,
            DeviceBuffer out,
            PageTables.Sent sent,
            DeviceBuffer scores,
            int width,
            int from,
            int count) {
        int first = Integer.MAX_VALUE;
        int last = 0;
        for (int r = from; r < from + count; r++) {
            first = Math.min(first, shape.first(positions.at(r)));
            last = Math.max(last, positions.at(r));
        }
        // Whole vectors of positions.
        first = first / 16 * 16;
        long heads = (long) count * shape.heads();
        int lanes = kernel.layout().width();
        DeviceBuffer at = kernel.positions(positions);
        launch(
                SCORES,
                Grid.items((last - first) / lanes + 1, lanes == 1 ? 64 : 4, heads),
                sent.pool(),
                q,
                shape.heads(),
                shape.kvHeads(),
                shape.headDim(),
                shape.window(),
                shape.scale(),
                at,
                sent.cacheOfRow(),
                sent.tables(),
                sent.width(),
                sent.pool().pageHalves(),
                from,
                width,
                first,
                scores,
                kernel.poison());
        kernel.launch(
                SOFTMAX, Grid.groups(heads, SOFTMAX_GROUP), shape.heads(), shape.window(), at, from, width, scores);
        launch(
                MIX,
                Grid.items((shape.headDim() + lanes - 1) / lanes, lanes == 1 ? 32 : 1, heads),
                sent.pool(),
                scores,
                shape.heads(),
                shape.kvHeads(),
                shape.headDim(),
                KvPool.stride(shape.headDim()),
                shape.window(),
                at,
                sent.cacheOfRow(),
                sent.tables(),
                sent.width(),
                sent.pool().pageHalves(),
                from,
                width,
                out,
                kernel.poison());
    }

    /** With the slabs as the last arguments. */
    private void launch(KernelName name, Grid grid, KvPool pool, Object... arguments) {
        List<Object> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(Arrays.asList(pool.arguments()));
        kernel.launch(name, grid, all.toArray());
    }

    private DeviceBuffer scratch(long bytes) {
        DeviceBuffer known = scratch;
        if (known == null || known.bytes() < bytes) {
            if (known != null) {
                kernel.queue().free(known);
                scratch = null;
            }
            known = kernel.queue().allocate(bytes);
            scratch = known;
        }
        return known;
    }
}
