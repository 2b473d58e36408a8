package org.hearthnet.inference.kernel;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufTensor;
import org.jspecify.annotations.Nullable;

/**
 * The Vector API kernel: rows (or positions, or dimensions) in lanes, never the terms of one sum, so that every width
 * and thread count gives the reference's bits.
 */
public final class VectorKernel implements Kernel {
    /** Elements from which on an operation that is not a product is worth the other threads. */
    private static final int PARALLEL_ELEMENTS = 1 << 14;

    private static final int PIECE = 1 << 12;

    private final WorkerPool pool;
    private final Arena arena = Arena.ofShared();
    /** One of each thread of the pool. */
    private final VectorAttention[] attention;

    private final Map<AttentionShape, HeapKvPages> pages = new ConcurrentHashMap<>();
    private final Scratch scratch;
    /** The batch that the scratch belongs to. */
    private @Nullable VectorActivations current;

    /** A kernel with a pool of {@code threads} threads, the caller's included. */
    public VectorKernel(int threads) {
        this.pool = new WorkerPool(threads);
        this.scratch = new Scratch(threads);
        this.attention = new VectorAttention[threads];
        Arrays.setAll(attention, i -> new VectorAttention());
    }

    @Override
    public String name() {
        return "vector-" + Lanes.F.vectorBitSize();
    }

    @Override
    public int rowTile() {
        return VectorMatrix.TILE;
    }

    @Override
    public PreparedMatrix prepare(GgufTensor tensor) throws GgufException {
        return VectorMatrix.repack(tensor, arena, pool);
    }

    @Override
    public DeviceArray allocate(int length) {
        return new HeapArray(length);
    }

    @Override
    public KvLayer newKvLayer(AttentionShape shape) {
        // The window is no matter of the cache's size.
        AttentionShape key = new AttentionShape(shape.heads(), shape.kvHeads(), shape.headDim(), 0);
        return new HeapKvLayer(shape, pages.computeIfAbsent(key, HeapKvPages::new));
    }

    @Override
    public Activations activations(DeviceArray x, int rows, int columns) {
        VectorActivations batch = new VectorActivations(HeapArray.values(x), rows, columns, scratch);
        current = batch;
        return batch;
    }

    @Override
    public void matmul(PreparedMatrix weights, Activations x, DeviceArray out, int fromRow, int toRow) {
        VectorActivations batch = (VectorActivations) x;
        if (batch != current) {
            throw new IllegalStateException("another batch has taken the place of this one");
        }
        new VectorMatmul((VectorMatrix) weights, batch, HeapArray.values(out), fromRow, toRow, pool, scratch).run();
    }

    @Override
    public void rmsNorm(DeviceArray x, int rows, int columns, DeviceArray weight, float epsilon, DeviceArray out) {
        float[] from = HeapArray.values(x);
        float[] to = HeapArray.values(out);
        float[] weights = HeapArray.values(weight);
        parts(rows, columns, r -> VectorElementwise.rmsNorm(from, r * columns, columns, weights, epsilon, to));
    }

    @Override
    public void rope(DeviceArray x, int heads, int headDim, RopeTable table, Positions positions) {
        float[] values = HeapArray.values(x);
        parts(positions.count(), heads * headDim, r -> RopeLoop.row(values, heads, headDim, table, positions, r));
    }

    @Override
    public void store(KvLayer[] caches, Positions positions, DeviceArray keys, DeviceArray values) {
        int width = keys.length() / Math.max(1, positions.count());
        parts(positions.count(), width, r -> HeapKvLayer.storeRow(caches, positions, r, keys, values));
    }

    @Override
    public void attention(AttentionShape shape, DeviceArray q, KvLayer[] caches, Positions positions, DeviceArray out) {
        float[] queries = HeapArray.values(q);
        float[] to = HeapArray.values(out);
        List<AttentionPlan.Task> tasks = AttentionPlan.of(shape, caches, positions);
        pool.runOn(tasks.size(), (index, worker) -> {
            // The longest first, so that no thread is left with one at the end.
            AttentionPlan.Task task = tasks.get(tasks.size() - 1 - index);
            attention[worker].run(shape, queries, to, task.cache(), task.kvHead(), task.queries());
        });
    }

    @Override
    public void gated(DeviceArray gate, DeviceArray up, DeviceArray out, int length) {
        float[] gates = HeapArray.values(gate);
        float[] ups = HeapArray.values(up);
        float[] to = HeapArray.values(out);
        pieces(length, (from, end) -> VectorElementwise.gated(gates, ups, to, from, end));
    }

    @Override
    public void add(DeviceArray a, DeviceArray b, DeviceArray out, int length) {
        float[] first = HeapArray.values(a);
        float[] second = HeapArray.values(b);
        float[] to = HeapArray.values(out);
        pieces(length, (from, end) -> VectorElementwise.add(first, second, to, from, end));
    }

    @Override
    public void addBias(DeviceArray x, int rows, DeviceArray bias) {
        for (int r = 0; r < rows; r++) {
            VectorElementwise.addBias(HeapArray.values(x), r * bias.length(), HeapArray.values(bias));
        }
    }

    @Override
    public void gather(DeviceArray x, int[] rows, int width, DeviceArray out) {
        HeapArray.gather(x, rows, width, out);
    }

    /** Runs a loop over rows of {@code width} elements, on all threads if there is enough to do. */
    private void parts(int rows, int width, IntConsumer body) {
        if ((long) rows * width < PARALLEL_ELEMENTS) {
            for (int r = 0; r < rows; r++) {
                body.accept(r);
            }
        } else {
            pool.run(rows, body);
        }
    }

    /** Runs a loop over elements in pieces. */
    private void pieces(int length, Piece body) {
        if (length < PARALLEL_ELEMENTS) {
            body.run(0, length);
        } else {
            pool.run((length + PIECE - 1) / PIECE, i -> body.run(i * PIECE, Math.min(length, (i + 1) * PIECE)));
        }
    }

    /** Elements from one index to another. */
    @FunctionalInterface
    private interface Piece {
        void run(int from, int to);
    }

    @Override
    public void close() {
        pool.close();
        arena.close();
    }
}
