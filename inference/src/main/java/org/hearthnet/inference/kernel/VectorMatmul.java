package org.hearthnet.inference.kernel;

import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.genesis.arithmetic.Poison;
import org.hearthnet.genesis.arithmetic.WeightFormat;

/** One {@link Kernel#matmul} call cut into tiles of rows; each tile is independent of the others. */
final class VectorMatmul {
    private static final int TILE = VectorMatrix.TILE;
    private static final int GROUP = 4;
    /** Tasks per thread: enough that a thread which is held up does not hold up the others. */
    private static final int TASKS_PER_THREAD = 4;
    /** Weight bytes times vectors below which a matrix is not worth a second thread. */
    private static final long SERIAL_BYTES = 1 << 16;

    /** Vectors from which on weights go through {@link VectorGemm}. */
    private static final int GEMM_ROWS = PackedActivations.SMALL_GROUP;
    /** Units that share a block of vectors in the cache. */
    private static final int GEMM_UNITS = 4;

    private final VectorMatrix matrix;
    private final VectorActivations x;
    private final float[] out;
    private final int fromRow;
    private final int toRow;
    private final WorkerPool pool;

    VectorMatmul(VectorMatrix matrix, VectorActivations x, float[] out, int fromRow, int toRow, WorkerPool pool) {
        this.matrix = matrix;
        this.x = x;
        this.out = out;
        this.fromRow = fromRow;
        this.toRow = toRow;
        this.pool = pool;
    }

    /** Computes the whole range. */
    void run() {
        boolean many = x.rows() >= GEMM_ROWS;
        int lanes = many ? VectorGemm.UNIT : TILE;
        int first = fromRow / lanes;
        int count = (toRow + lanes - 1) / lanes - first;
        int tasks = tasks(count, matrix.tileBytes() / TILE * (toRow - fromRow) * x.rows());
        boolean quantized = matrix.type().isQuantized();
        if (many) {
            PackedActivations packed = quantized ? x.packed(pool) : x.packedValues(pool);
            pool.run(
                    tasks,
                    task -> units(packed, first + part(count, task, tasks), first + part(count, task + 1, tasks)));
        } else {
            if (quantized) {
                x.quantized(pool);
            } else {
                x.check();
            }
            pool.run(tasks, task -> tiles(first + part(count, task, tasks), first + part(count, task + 1, tasks)));
        }
    }

    private int tasks(int units, long bytes) {
        if (pool.parallelism() == 1 || bytes < SERIAL_BYTES) {
            return 1;
        }
        return Math.max(1, Math.min(units, pool.parallelism() * TASKS_PER_THREAD));
    }

    private static int part(int count, int task, int tasks) {
        return (int) ((long) count * task / tasks);
    }

    private void units(PackedActivations packed, int from, int to) {
        int most = Math.min(GEMM_UNITS, to - from);
        if (most == 0) {
            return;
        }
        var gemm = new VectorGemm(matrix, packed, most);
        for (int unit = from; unit < to; unit += most) {
            int count = Math.min(most, to - unit);
            gemm.compute(unit, count);
            for (int u = 0; u < count; u++) {
                int row = (unit + u) * VectorGemm.UNIT;
                int first = Math.max(fromRow, row);
                int end = Math.min(toRow, row + VectorGemm.UNIT);
                for (int r = 0; r < x.rows(); r++) {
                    gemm.store(u, r, first - row, end - row, out, r * matrix.rows() + first);
                }
            }
        }
    }

    /** Computes the rows of tiles {@code from} to {@code to} that lie in the range. */
    private void tiles(int from, int to) {
        float[] results = new float[GROUP * TILE];
        boolean fours = matrix.type() == WeightFormat.Q8_0 || matrix.type() == WeightFormat.F32;
        for (int tile = from; tile < to; tile++) {
            int r = 0;
            for (; fours && r + GROUP <= x.rows(); r += GROUP) {
                fourVectors(tile, r, results);
                for (int g = 0; g < GROUP; g++) {
                    store(tile * TILE, TILE, r + g, results, g * TILE);
                }
            }
            for (; r < x.rows(); r++) {
                for (int lane = 0; lane < TILE; lane += Lanes.WIDTH) {
                    oneVector(tile, lane, r, results);
                }
                store(tile * TILE, TILE, r, results, 0);
            }
        }
    }

    private void fourVectors(int tile, int r, float[] results) {
        int columns = matrix.columns();
        int blocks = columns / Arithmetic.BLOCK;
        for (int lane = 0; lane < TILE; lane += Lanes.WIDTH) {
            if (matrix.type() == WeightFormat.Q8_0) {
                VectorActivations.Quantized quantized = x.quantized(pool);
                VectorQ8.four(
                        matrix.data(),
                        tile * matrix.tileBytes() + lane,
                        blocks,
                        quantized.quants(),
                        r * columns,
                        columns,
                        quantized.scales(),
                        r * blocks,
                        results,
                        lane,
                        TILE);
            } else {
                long at = tile * matrix.tileBytes() + lane * 4L;
                VectorFloats.fourF32(matrix.data(), at, columns, x.values(), r * columns, columns, results, lane, TILE);
            }
        }
    }

    private void oneVector(int tile, int lane, int r, float[] results) {
        int columns = matrix.columns();
        int blocks = columns / Arithmetic.BLOCK;
        long at = tile * matrix.tileBytes();
        switch (matrix.type()) {
            case F32 ->
                VectorFloats.f32(matrix.data(), at + lane * 4L, columns, x.values(), r * columns)
                        .intoArray(results, lane);
            case F16 ->
                VectorFloats.f16(matrix.data(), at + lane * 2L, columns, x.values(), r * columns)
                        .intoArray(results, lane);
            case BF16 ->
                VectorFloats.bf16(matrix.data(), at + lane * 2L, columns, x.values(), r * columns)
                        .intoArray(results, lane);
            case Q8_0 -> {
                VectorActivations.Quantized q = x.quantized(pool);
                VectorQ8.one(matrix.data(), at + lane, blocks, q.quants(), r * columns, q.scales(), r * blocks)
                        .intoArray(results, lane);
            }
            case Q4_0, Q4_K -> VectorQ4.one(matrix, at, lane, x.quantized(pool), r, results);
            case Q5_K -> VectorQ5K.one(matrix, at, lane, x.quantized(pool), r, results);
            case Q6_K -> VectorQ6K.one(matrix, at, lane, x.quantized(pool), r, results);
        }
    }

    /** Copies those of {@code lanes} results from matrix row {@code row} on that lie in the range, if they are sound. */
    private void store(int row, int lanes, int r, float[] results, int at) {
        int first = Math.max(fromRow, row);
        int count = Math.min(toRow, row + lanes) - first;
        int from = at + first - row;
        Poison.checkAll(results, from, count, "matrix row");
        System.arraycopy(results, from, out, r * matrix.rows() + first, count);
    }
}
