package org.hearthnet.inference.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hearthnet.genesis.arithmetic.PoisonException;
import org.hearthnet.genesis.arithmetic.RopeLayout;
import org.hearthnet.genesis.arithmetic.RopeParameters;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConformanceTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void vectorKernelGivesTheReferencesBits(int threads) throws IOException {
        long seed = 1_000L * threads;
        System.out.println("seed " + seed);
        try (Kernel kernel = new VectorKernel(threads)) {
            new Conformance(kernel).run(seed, 60);
        }
    }

    /** Narrower vectors than the machine's own, each in a process, since the width is fixed when classes load. */
    @ParameterizedTest
    @ValueSource(ints = {128, 256})
    void everyVectorWidthGivesTheSameBits(int bits) throws Exception {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-Djdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0",
                "-Dhearth.vector.bits=" + bits,
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                ConformanceMain.class.getName(),
                "7000",
                "25");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(5, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue(), output);
        assertTrue(output.contains("vector-" + bits), output);
    }

    /** A suite that does not see the smallest possible error would prove nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"matmul", "norm", "rope", "attention", "gated", "add", "bias", "store", "gather"})
    void aPlantedErrorOfOneUlpIsFound(String operation) {
        Kernel broken = new OneUlpOff(new VectorKernel(1), operation);
        AssertionError error = assertThrows(AssertionError.class, () -> new Conformance(broken).run(1, 5));
        assertTrue(String.valueOf(error.getMessage()).contains(operation), error::toString);
    }

    @Test
    void poisonIsFoundByBothKernels() throws IOException {
        for (Kernel kernel : List.of(new ReferenceKernel(), new VectorKernel(2))) {
            for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -1e30f}) {
                poison(kernel, bad);
            }
            kernel.close();
        }
    }

    private static void poison(Kernel kernel, float bad) throws IOException {
        float[] values = new float[256];
        values[37] = bad;
        float[] one = new float[256];
        java.util.Arrays.fill(one, 1f);
        DeviceArray x = kernel.allocate(values);
        DeviceArray ones = kernel.allocate(one);
        DeviceArray out = kernel.allocate(256);
        for (WeightFormat type : WeightFormat.values()) {
            PreparedMatrix matrix = kernel.prepare(Tensors.random(type, 3, 256, new java.util.Random(1)));
            poisoned(kernel, () -> kernel.matmul(matrix, kernel.activations(x, 1, 256), out));
        }
        poisoned(kernel, () -> kernel.add(x, kernel.allocate(64), out, 64));
        poisoned(kernel, () -> kernel.gated(x, ones, out, 64));
        poisoned(kernel, () -> kernel.rmsNorm(x, 1, 64, ones, 1e-5f, out));
        poisoned(kernel, () -> kernel.addBias(x, 4, ones));
        var shape = new AttentionShape(4, 2, 16);
        KvLayer[] cache = {kernel.newKvLayer(shape)};
        cache[0].growTo(1);
        kernel.store(cache, new Positions(0), ones, ones);
        values[38] = bad * 10;
        values[5] = bad;
        DeviceArray worse = kernel.allocate(values);
        poisoned(kernel, () -> kernel.attention(shape, worse, cache, new Positions(0), out));
        poisoned(kernel, () -> kernel.store(cache, new Positions(1), worse, ones));
        poisoned(kernel, () -> kernel.store(cache, new Positions(1), ones, worse));
        var table = new RopeTable(RopeParameters.plain(RopeLayout.HALVES, 16, 10_000f));
        poisoned(kernel, () -> kernel.rope(worse, 4, 16, table, new Positions(0)));
    }

    /** At once on the CPU, at the next wait on a device; and then it is over. */
    private static void poisoned(Kernel kernel, Runnable operation) {
        kernel.start();
        assertThrows(
                PoisonException.class,
                () -> {
                    operation.run();
                    kernel.finish();
                },
                kernel.name());
        kernel.start();
        kernel.finish();
    }

    @Test
    void overflowToPoisonIsFoundByBothKernels() throws IOException {
        byte[] row = new byte[32 * 4];
        for (int i = 3; i < row.length; i += 4) {
            row[i] = 0x70;
        }
        GgufTensor huge = Tensors.of(WeightFormat.F32, 1, 32, row);
        float[] x = new float[32];
        java.util.Arrays.fill(x, 1e9f);
        for (Kernel kernel : List.of(new ReferenceKernel(), new VectorKernel(1))) {
            PreparedMatrix matrix = kernel.prepare(huge);
            DeviceArray in = kernel.allocate(x);
            poisoned(kernel, () -> kernel.matmul(matrix, kernel.activations(in, 1, 32), kernel.allocate(1)));
            kernel.close();
        }
    }

    @Test
    void weightsThatAreNotFiniteAreRefused() {
        byte[] q8 = new byte[34];
        q8[1] = 0x7C;
        byte[] f32 = new byte[4];
        f32[2] = (byte) 0x80;
        f32[3] = 0x7F;
        for (Kernel kernel : List.of(new ReferenceKernel(), new VectorKernel(2))) {
            assertThrows(GgufException.class, () -> kernel.prepare(Tensors.of(WeightFormat.Q8_0, 1, 32, q8)));
            assertThrows(GgufException.class, () -> kernel.prepare(Tensors.of(WeightFormat.F32, 1, 1, f32)));
            assertThrows(
                    GgufException.class,
                    () -> kernel.prepare(Tensors.of(WeightFormat.F16, 1, 1, new byte[] {1, (byte) 0xFC})));
            kernel.close();
        }
    }
}
