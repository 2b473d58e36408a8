package org.hearthnet.inference.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

    @ParameterizedTest
    @EnumSource(WeightFormat.class)
    void aPlantedErrorInOneFormatIsFound(WeightFormat format) {
        try (Kernel broken = new OneUlpOff(new VectorKernel(1), "matmul " + format)) {
            AssertionError error = assertThrows(AssertionError.class, () -> new Conformance(broken).run(1, 5));
            assertTrue(String.valueOf(error.getMessage()).contains("matmul " + format), error::toString);
        }
    }

    @Test
    void poisonIsFoundByBothKernels() throws IOException {
        for (Kernel kernel : List.of(new ReferenceKernel(), new VectorKernel(2))) {
            PoisonCases.check(kernel);
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
