package org.hearthnet.inference.kernel;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hearthnet.genesis.arithmetic.WeightFormat;
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
 * A weight matrix of {@value #ROWS} x {@value #COLUMNS} in each format times one vector (as decoding does) and times
 * {@value #VECTORS} (as prompts do), with the quantising of the vectors. Q8_0 weights of this size are 35.7 MB, more than
 * most caches hold.
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
public class MatrixBenchmark {
    private static final int ROWS = 16_384;
    private static final int COLUMNS = 2_048;
    private static final int VECTORS = 256;

    /** The weights' format. */
    @Param
    public WeightFormat format;

    /** The kernel's threads. */
    @Param("1")
    public int threads;

    private Kernel kernel;
    private PreparedMatrix matrix;
    private DeviceArray vector;
    private DeviceArray vectors;
    private DeviceArray one;
    private DeviceArray many;

    /** Packs the weights. */
    @Setup(Level.Trial)
    public void prepare() throws IOException {
        var random = new Random(1);
        kernel = new VectorKernel(threads);
        matrix = kernel.prepare(Tensors.random(format, ROWS, COLUMNS, random));
        vector = kernel.allocate(gaussian(COLUMNS, random));
        vectors = kernel.allocate(gaussian(VECTORS * COLUMNS, random));
        one = kernel.allocate(ROWS);
        many = kernel.allocate(VECTORS * ROWS);
    }

    static float[] gaussian(int count, Random random) {
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            out[i] = (float) random.nextGaussian();
        }
        return out;
    }

    /** One vector. */
    @Benchmark
    public DeviceArray gemv() {
        kernel.matmul(matrix, kernel.activations(vector, 1, COLUMNS), one);
        return one;
    }

    /** Many vectors. */
    @Benchmark
    public DeviceArray gemm() {
        kernel.matmul(matrix, kernel.activations(vectors, VECTORS, COLUMNS), many);
        return many;
    }

    /** Ends the threads. */
    @TearDown(Level.Trial)
    public void close() {
        kernel.close();
    }
}
