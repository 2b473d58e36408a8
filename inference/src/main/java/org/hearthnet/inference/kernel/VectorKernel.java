package org.hearthnet.inference.kernel;

import java.lang.foreign.Arena;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufTensor;

/**
 * The Vector API kernel: rows (or positions, or dimensions) in lanes, never the terms of one sum, so that every width
 * and thread count gives the reference's bits.
 */
public final class VectorKernel implements Kernel {
    /** Tasks per thread: enough that a thread which is held up does not hold up the others. */
    private static final int TASKS_PER_THREAD = 4;
    /** Weight bytes below which a matrix is not worth a second thread. */
    private static final long SERIAL_BYTES = 1 << 16;

    private final WorkerPool pool;
    private final Arena arena = Arena.ofAuto();

    /** A kernel with a pool of {@code threads} threads, the caller's included. */
    public VectorKernel(int threads) {
        this.pool = new WorkerPool(threads);
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
    public Activations activations(float[] x, int rows, int columns) {
        return new VectorActivations(x, rows, columns);
    }

    @Override
    public void matmul(PreparedMatrix weights, Activations x, float[] out, int fromRow, int toRow) {
        VectorMatrix matrix = (VectorMatrix) weights;
        var job = new VectorMatmul(matrix, (VectorActivations) x, out, fromRow, toRow, pool);
        int first = fromRow / VectorMatrix.TILE;
        int end = (toRow + VectorMatrix.TILE - 1) / VectorMatrix.TILE;
        int tasks = tasks(end - first, matrix.tileBytes() * (end - first) * x.rows());
        pool.run(
                tasks,
                task -> job.tiles(
                        first + (int) ((long) (end - first) * task / tasks),
                        first + (int) ((long) (end - first) * (task + 1) / tasks)));
    }

    private int tasks(int units, long bytes) {
        if (pool.parallelism() == 1 || bytes < SERIAL_BYTES) {
            return 1;
        }
        return Math.max(1, Math.min(units, pool.parallelism() * TASKS_PER_THREAD));
    }

    @Override
    public void rmsNorm(float[] x, int rows, int columns, float[] weight, float epsilon, float[] out) {
        for (int r = 0; r < rows; r++) {
            VectorElementwise.rmsNorm(x, r * columns, columns, weight, epsilon, out);
        }
    }

    @Override
    public void rope(float[] x, int rows, int heads, int headDim, RopeTable table, int[] positions) {
        RopeLoop.apply(x, rows, heads, headDim, table, positions);
    }

    @Override
    public void attention(AttentionShape shape, float[] q, int rows, KvLayer[] caches, int[] positions, float[] out) {
        pool.run(rows * shape.heads(), task -> {
            int row = task / shape.heads();
            int head = task % shape.heads();
            int at = row * shape.queryWidth() + head * shape.headDim();
            VectorAttention.head(shape, q, out, at, head, caches[row], positions[row]);
        });
    }

    @Override
    public void gated(float[] gate, float[] up, float[] out, int length) {
        VectorElementwise.gated(gate, up, out, 0, length);
    }

    @Override
    public void add(float[] a, float[] b, float[] out, int length) {
        VectorElementwise.add(a, b, out, length);
    }

    @Override
    public void close() {
        pool.close();
    }
}
