package org.hearthnet.inference.kernel;

import org.hearthnet.genesis.arithmetic.Poison;

/** One {@link Kernel#matmul} call cut into groups of rows; each is independent of the others. */
final class VectorMatmul {
    private static final int TILE = VectorMatrix.TILE;
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
    private final Scratch scratch;

    VectorMatmul(
            VectorMatrix matrix,
            VectorActivations x,
            float[] out,
            int fromRow,
            int toRow,
            WorkerPool pool,
            Scratch scratch) {
        this.matrix = matrix;
        this.x = x;
        this.out = out;
        this.fromRow = fromRow;
        this.toRow = toRow;
        this.pool = pool;
        this.scratch = scratch;
    }

    /** Some of the groups of rows, on thread {@code worker} of the pool. */
    @FunctionalInterface
    private interface Part {
        void run(int fromGroup, int toGroup, int worker);
    }

    /** Computes the whole range. */
    void run() {
        boolean quantized = matrix.type().isQuantized();
        if (x.rows() >= GEMM_ROWS) {
            PackedActivations packed = quantized ? x.packed(pool) : x.packedValues(pool);
            share(VectorGemm.UNIT, (from, to, worker) -> units(packed, from, to, worker));
        } else if (quantized) {
            VectorActivations.Quantized quants = x.quantized(pool);
            share(TILE, (from, to, worker) -> blockTiles(quants, from, to));
        } else {
            x.check();
            share(VectorFloats.TILES * TILE, (from, to, worker) -> plainTiles(from, to));
        }
    }

    /** Runs all groups of {@code lanes} rows that have rows of the range. */
    private void share(int lanes, Part part) {
        int first = fromRow / lanes;
        int count = (toRow + lanes - 1) / lanes - first;
        long bytes = matrix.tileBytes() / TILE * (toRow - fromRow) * x.rows();
        int tasks = pool.parallelism() == 1 || bytes < SERIAL_BYTES
                ? 1
                : Math.max(1, Math.min(count, pool.parallelism() * TASKS_PER_THREAD));
        pool.runOn(
                tasks,
                (task, worker) ->
                        part.run(first + start(count, task, tasks), first + start(count, task + 1, tasks), worker));
    }

    private static int start(int count, int task, int tasks) {
        return (int) ((long) count * task / tasks);
    }

    private void units(PackedActivations packed, int from, int to, int worker) {
        int most = Math.min(GEMM_UNITS, to - from);
        if (most == 0) {
            return;
        }
        var gemm = new VectorGemm(matrix, packed, scratch.gemmSums(worker, VectorGemm.sums(packed, most)));
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

    private void blockTiles(VectorActivations.Quantized quants, int from, int to) {
        float[] results = new float[TILE];
        for (int tile = from; tile < to; tile++) {
            for (int r = 0; r < x.rows(); r++) {
                for (int lane = 0; lane < TILE; lane += Lanes.WIDTH) {
                    blockRow(tile, lane, quants, r, results);
                }
                store(tile * TILE, TILE, r, results);
            }
        }
    }

    private void blockRow(int tile, int lane, VectorActivations.Quantized quants, int r, float[] results) {
        long at = tile * matrix.tileBytes();
        switch (matrix.type()) {
            case Q8_0 -> VectorQ8.one(matrix, at, lane, quants, r, results, 0);
            case Q4_0, Q4_K -> VectorQ4.one(matrix, at, lane, quants, r, results, 0);
            case Q5_K -> VectorQ5K.one(matrix, at, lane, quants, r, results, 0);
            case Q6_K -> VectorQ6K.one(matrix, at, lane, quants, r, results, 0);
            case F32, F16, BF16 -> throw new IllegalStateException(matrix.type() + " has no blocks");
        }
    }

    private void plainTiles(int from, int to) {
        float[] results = new float[VectorFloats.TILES * TILE];
        for (int group = from; group < to; group++) {
            int tile = group * VectorFloats.TILES;
            for (int r = 0; r < x.rows(); r++) {
                for (int lane = 0; lane < TILE; lane += Lanes.WIDTH) {
                    VectorFloats.four(matrix, tile, lane, x.values(), r * matrix.columns(), results);
                }
                store(tile * TILE, results.length, r, results);
            }
        }
    }

    /** Copies those of {@code lanes} results from matrix row {@code row} on that lie in the range, if they are sound. */
    private void store(int row, int lanes, int r, float[] results) {
        int first = Math.max(fromRow, row);
        int count = Math.min(toRow, row + lanes) - first;
        Poison.checkAll(results, first - row, count, "matrix row");
        System.arraycopy(results, first - row, out, r * matrix.rows() + first, count);
    }
}
