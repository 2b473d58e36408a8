package org.hearthnet.inference.kernel;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Attention of one layer with 32 heads of 64 on 4 key-value heads, as in the 1.1B shape: one query at the end of
 * {@code positions} cached ones (as decoding does), and the last {@value #ROWS} of them together (as prompts do).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0",
            "-XX:+UseSerialGC"
        })
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@SuppressWarnings("NullAway.Init") // the harness sets the parameters, and calls the set-up before all else
public class AttentionBenchmark {
    private static final AttentionShape SHAPE = new AttentionShape(32, 4, 64, 0);
    private static final int ROWS = 256;

    /** Positions in the cache. */
    @Param({"512", "2048"})
    public int positions;

    /** The kernel's threads. */
    @Param("1")
    public int threads;

    private Kernel kernel;
    private KvLayer cache;
    private DeviceArray queries;
    private DeviceArray out;

    /** Fills the cache. */
    @Setup(Level.Trial)
    public void fill() {
        var random = new Random(1);
        kernel = new VectorKernel(threads);
        cache = kernel.newKvLayer(SHAPE);
        cache.growTo(KvLayer.pagesFor(positions));
        int length = positions * SHAPE.kvWidth();
        kernel.store(
                caches(positions),
                last(positions),
                kernel.allocate(MatrixBenchmark.gaussian(length, random)),
                kernel.allocate(MatrixBenchmark.gaussian(length, random)));
        queries = kernel.allocate(MatrixBenchmark.gaussian(ROWS * SHAPE.queryWidth(), random));
        out = kernel.allocate(ROWS * SHAPE.queryWidth());
    }

    private KvLayer[] caches(int rows) {
        KvLayer[] caches = new KvLayer[rows];
        Arrays.fill(caches, cache);
        return caches;
    }

    /** The last {@code rows} positions. */
    private Positions last(int rows) {
        int[] at = new int[rows];
        Arrays.setAll(at, r -> positions - rows + r);
        return new Positions(at);
    }

    /** One query. */
    @Benchmark
    public DeviceArray decode() {
        kernel.attention(SHAPE, queries, caches(1), last(1), out);
        return out;
    }

    /** Many queries. */
    @Benchmark
    public DeviceArray prompt() {
        kernel.attention(SHAPE, queries, caches(ROWS), last(ROWS), out);
        return out;
    }

    /** Ends the threads. */
    @TearDown(Level.Trial)
    public void close() {
        kernel.close();
    }
}
