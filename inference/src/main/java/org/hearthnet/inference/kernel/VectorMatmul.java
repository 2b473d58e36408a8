package org.hearthnet.inference.kernel;

import jdk.incubator.vector.FloatVector;
import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.genesis.arithmetic.Poison;
import org.hearthnet.inference.gguf.TensorType;

/** One {@link Kernel#matmul} call cut into tiles of rows; each tile is independent of the others. */
final class VectorMatmul {
    private static final int TILE = VectorMatrix.TILE;
    private static final int GROUP = 4;

    private final VectorMatrix matrix;
    private final VectorActivations x;
    private final float[] vectors;
    private final float[] scales;
    private final float[] out;
    private final int fromRow;
    private final int toRow;

    VectorMatmul(VectorMatrix matrix, VectorActivations x, float[] out, int fromRow, int toRow, WorkerPool pool) {
        this.matrix = matrix;
        this.x = x;
        this.out = out;
        this.fromRow = fromRow;
        this.toRow = toRow;
        if (matrix.type() == TensorType.Q8_0) {
            VectorActivations.Quantized quantized = x.quantized(pool);
            vectors = quantized.quants();
            scales = quantized.scales();
        } else {
            x.check();
            vectors = x.values();
            scales = new float[0];
        }
    }

    /** Computes the rows of tiles {@code from} to {@code to} that lie in the range. */
    void tiles(int from, int to) {
        float[] results = new float[GROUP * TILE];
        for (int tile = from; tile < to; tile++) {
            int r = 0;
            for (; matrix.type() != TensorType.F16 && r + GROUP <= x.rows(); r += GROUP) {
                fourVectors(tile, r, results);
                for (int g = 0; g < GROUP; g++) {
                    store(tile, r + g, results, g * TILE);
                }
            }
            for (; r < x.rows(); r++) {
                oneVector(tile, r, results);
                store(tile, r, results, 0);
            }
        }
    }

    private void fourVectors(int tile, int r, float[] results) {
        int columns = matrix.columns();
        int blocks = columns / Arithmetic.BLOCK;
        for (int lane = 0; lane < TILE; lane += Lanes.WIDTH) {
            if (matrix.type() == TensorType.Q8_0) {
                long at = tile * matrix.tileBytes() + lane;
                VectorQ8.four(
                        matrix.data(),
                        at,
                        blocks,
                        vectors,
                        r * columns,
                        columns,
                        scales,
                        r * blocks,
                        results,
                        lane,
                        TILE);
            } else {
                long at = tile * matrix.tileBytes() + lane * 4L;
                VectorFloats.fourF32(matrix.data(), at, columns, vectors, r * columns, columns, results, lane, TILE);
            }
        }
    }

    private void oneVector(int tile, int r, float[] results) {
        for (int lane = 0; lane < TILE; lane += Lanes.WIDTH) {
            lanes(tile, lane, r).intoArray(results, lane);
        }
    }

    private FloatVector lanes(int tile, int lane, int r) {
        int columns = matrix.columns();
        int blocks = columns / Arithmetic.BLOCK;
        long at = tile * matrix.tileBytes();
        return switch (matrix.type()) {
            case F32 -> VectorFloats.f32(matrix.data(), at + lane * 4L, columns, vectors, r * columns);
            case F16 -> VectorFloats.f16(matrix.data(), at + lane * 2L, columns, vectors, r * columns);
            case Q8_0 -> VectorQ8.one(matrix.data(), at + lane, blocks, vectors, r * columns, scales, r * blocks);
        };
    }

    private void store(int tile, int r, float[] results, int at) {
        int first = Math.max(fromRow, tile * TILE);
        int count = Math.min(toRow, (tile + 1) * TILE) - first;
        int from = at + first - tile * TILE;
        Poison.checkAll(results, from, count, "matrix row");
        System.arraycopy(results, from, out, r * matrix.rows() + first, count);
    }
}
