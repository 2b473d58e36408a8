package org.hearthnet.inference.kernel;

import java.lang.foreign.Arena;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufTensor;

/**
 * The Vector API kernel: rows (or positions, or dimensions) in lanes, never the terms of one sum, so that every width
 * and thread count gives the reference's bits.
 */
public final class VectorKernel implements Kernel {
    private final WorkerPool pool;
    private final Arena arena = Arena.ofShared();

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
        new VectorMatmul(matrix, (VectorActivations) x, out, fromRow, toRow, pool).run();
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
    public void addBias(float[] x, int rows, float[] bias) {
        for (int r = 0; r < rows; r++) {
            VectorElementwise.addBias(x, r * bias.length, bias);
        }
    }

    @Override
    public void close() {
        pool.close();
        arena.close();
    }
}
