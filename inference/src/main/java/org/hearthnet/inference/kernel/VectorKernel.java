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
    public DeviceArray allocate(int length) {
        return new HeapArray(length);
    }

    @Override
    public KvLayer newKvLayer(AttentionShape shape) {
        return new HeapKvLayer(shape);
    }

    @Override
    public Activations activations(DeviceArray x, int rows, int columns) {
        return new VectorActivations(HeapArray.values(x), rows, columns);
    }

    @Override
    public void matmul(PreparedMatrix weights, Activations x, DeviceArray out, int fromRow, int toRow) {
        VectorMatrix matrix = (VectorMatrix) weights;
        new VectorMatmul(matrix, (VectorActivations) x, HeapArray.values(out), fromRow, toRow, pool).run();
    }

    @Override
    public void rmsNorm(DeviceArray x, int rows, int columns, DeviceArray weight, float epsilon, DeviceArray out) {
        float[] from = HeapArray.values(x);
        float[] to = HeapArray.values(out);
        for (int r = 0; r < rows; r++) {
            VectorElementwise.rmsNorm(from, r * columns, columns, HeapArray.values(weight), epsilon, to);
        }
    }

    @Override
    public void rope(DeviceArray x, int heads, int headDim, RopeTable table, Positions positions) {
        RopeLoop.apply(HeapArray.values(x), heads, headDim, table, positions);
    }

    @Override
    public void store(KvLayer[] caches, Positions positions, DeviceArray keys, DeviceArray values) {
        HeapKvLayer.storeAll(caches, positions, keys, values);
    }

    @Override
    public void attention(AttentionShape shape, DeviceArray q, KvLayer[] caches, Positions positions, DeviceArray out) {
        float[] queries = HeapArray.values(q);
        float[] to = HeapArray.values(out);
        pool.run(positions.count() * shape.heads(), task -> {
            int row = task / shape.heads();
            int head = task % shape.heads();
            int at = row * shape.queryWidth() + head * shape.headDim();
            VectorAttention.head(shape, queries, to, at, head, (HeapKvLayer) caches[row], positions.at(row));
        });
    }

    @Override
    public void gated(DeviceArray gate, DeviceArray up, DeviceArray out, int length) {
        VectorElementwise.gated(HeapArray.values(gate), HeapArray.values(up), HeapArray.values(out), 0, length);
    }

    @Override
    public void add(DeviceArray a, DeviceArray b, DeviceArray out, int length) {
        VectorElementwise.add(HeapArray.values(a), HeapArray.values(b), HeapArray.values(out), length);
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

    @Override
    public void close() {
        pool.close();
        arena.close();
    }
}
