package org.hearthnet.inference.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import jdk.incubator.vector.FloatVector;
import org.hearthnet.genesis.arithmetic.Arithmetic;
import org.hearthnet.genesis.arithmetic.WeightFormat;

/**
 * What the prescribed order of the sums costs: the kernels for Q8_0 against the same with the order set free, in turn, on
 * one thread, by the thread's CPU time. Needs 512-bit vectors. Arguments: seconds per comparison (10).
 */
final class ExactnessPrice {
    private static final int COLUMNS = 2048;
    private static final int VECTORS = 256;

    /** Long enough for a matrix that no cache holds: decoding reads all weights of a model in turn. */
    private static final int DECODE_ROWS = 65_536;

    private static final int GEMM_ROWS = 1024;

    private ExactnessPrice() {}

    /** Prints both comparisons. */
    public static void main(String[] args) throws IOException {
        if (Lanes.WIDTH != 16) {
            throw new IllegalStateException(
                    "compares kernels for vectors of 512 bits; here they have " + Lanes.WIDTH * 32);
        }
        double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 10;
        var random = new Random(1);
        try (Arena arena = Arena.ofShared();
                WorkerPool pool = new WorkerPool(1)) {
            gemm(random, arena, pool, seconds);
            decode(random, arena, pool, seconds);
        }
    }

    private static VectorActivations vectors(Random random, int count) {
        float[] x = new float[count * COLUMNS];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return new VectorActivations(x, count, COLUMNS, new Scratch(1));
    }

    private static void gemm(Random random, Arena arena, WorkerPool pool, double seconds) throws IOException {
        VectorMatrix matrix =
                VectorMatrix.repack(Tensors.random(WeightFormat.Q8_0, GEMM_ROWS, COLUMNS, random), arena, pool);
        PackedActivations x = vectors(random, VECTORS).packed(pool);
        float[] scaled = x.values().clone();
        for (int b = 0; b < x.blocks(); b++) {
            for (int v = 0; v < VECTORS; v++) {
                int at = x.valueIndex(b, v / 8) + v % 8;
                for (int k = 0; k < Arithmetic.BLOCK; k++) {
                    scaled[at + 8 * k] *= x.scales()[x.scaleIndex(b, 0) + v];
                }
            }
        }
        var exact = new VectorGemm(matrix, x, new float[VectorGemm.sums(x, 4)]);
        var unit = new WeightUnit(matrix);
        float[] sums = new float[4 * VECTORS * WeightUnit.ROWS];
        compare(
                "prefill, " + VECTORS + " vectors",
                seconds,
                () -> {
                    for (int u = 0; u < GEMM_ROWS / WeightUnit.ROWS; u += 4) {
                        exact.compute(u, 4);
                    }
                },
                () -> {
                    for (int u = 0; u < GEMM_ROWS / WeightUnit.ROWS; u += 4) {
                        free(unit, x, scaled, sums, u);
                    }
                });
    }

    private static void free(WeightUnit unit, PackedActivations x, float[] scaled, float[] sums, int first) {
        java.util.Arrays.fill(sums, 0f);
        for (int b = 0; b < x.blocks(); b++) {
            for (int u = 0; u < 4; u++) {
                unit.load((first + u) * WeightUnit.ROWS, b);
                for (int i = 0; i < unit.weights.length; i += Lanes.WIDTH) {
                    FloatVector.fromArray(Lanes.F, unit.weights, i)
                            .mul(FloatVector.fromArray(Lanes.F, unit.scales, i % WeightUnit.ROWS))
                            .intoArray(unit.weights, i);
                }
                for (int g = 0; g < x.groups(); g++) {
                    int out = (u * VECTORS + g * 8) * WeightUnit.ROWS;
                    FreeOrderTile.dots8(unit.weights, scaled, x.valueIndex(b, g), sums, out);
                }
            }
        }
    }

    private static void decode(Random random, Arena arena, WorkerPool pool, double seconds) throws IOException {
        VectorMatrix matrix =
                VectorMatrix.repack(Tensors.random(WeightFormat.Q8_0, DECODE_ROWS, COLUMNS, random), arena, pool);
        VectorActivations.Quantized x = vectors(random, 1).quantized(pool);
        float[] scaled = x.quants().clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= x.scales()[i / Arithmetic.BLOCK];
        }
        int blocks = COLUMNS / Arithmetic.BLOCK;
        float[] out = new float[DECODE_ROWS];
        compare(
                "decode, batch 1",
                seconds,
                () -> {
                    for (int tile = 0; tile < matrix.tiles(); tile++) {
                        VectorQ8.one(matrix, tile * matrix.tileBytes(), 0, x, 0, out, tile * TileLayout.ROWS);
                    }
                },
                () -> {
                    for (int tile = 0; tile < matrix.tiles(); tile++) {
                        FreeOrderTile.one(
                                matrix.data(), tile * matrix.tileBytes(), blocks, scaled, out, tile * TileLayout.ROWS);
                    }
                });
    }

    private static void compare(String what, double seconds, Runnable exact, Runnable free) {
        var exactTimes = new ArrayList<Double>();
        var freeTimes = new ArrayList<Double>();
        long start = System.nanoTime();
        // The first third warms up.
        while (System.nanoTime() - start < seconds * 1e9) {
            boolean counts = System.nanoTime() - start > seconds * 1e9 / 3;
            double one = cpuSeconds(exact);
            double other = cpuSeconds(free);
            if (counts) {
                exactTimes.add(one);
                freeTimes.add(other);
            }
        }
        double exactTime = median(exactTimes);
        double freeTime = median(freeTimes);
        System.out.printf(
                "%s: exact %.2f ms, order free %.2f ms, price of exactness %.1f %% (medians of %d)%n",
                what, exactTime * 1e3, freeTime * 1e3, (exactTime / freeTime - 1) * 100, exactTimes.size());
    }

    private static double cpuSeconds(Runnable work) {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        work.run();
        return (threads.getCurrentThreadCpuTime() - start) / 1e9;
    }

    private static double median(List<Double> times) {
        if (times.isEmpty()) {
            throw new IllegalStateException("too few seconds for one measurement");
        }
        Collections.sort(times);
        return times.get(times.size() / 2);
    }
}
