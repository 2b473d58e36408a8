package org.hearthnet.inference.tornado;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufTensor;
import org.hearthnet.inference.kernel.Conformance;
import org.hearthnet.inference.kernel.DeviceArray;
import org.hearthnet.inference.kernel.DeviceMemoryException;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.KernelProvider;
import org.hearthnet.inference.kernel.OneUlpOff;
import org.hearthnet.inference.kernel.PreparedMatrix;
import org.hearthnet.inference.kernel.Tensors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The back end on the twin: its layouts, indices, transfers and arithmetic. What TornadoVM's compiler makes of the kernels is
 * not shown here, see {@link TornadoSdkTest}.
 */
@SuppressWarnings("NullAway.Init") // set before all tests
class TornadoTwinTest {
    private static final long SEED = 15_000;

    @TempDir
    private static Path directory;

    private static TornadoTwin twin;
    private static KernelProvider provider;

    @BeforeAll
    static void compile() throws IOException {
        twin = new TornadoTwin(Files.createDirectory(directory.resolve("fused")), true);
        provider = twin.provider();
    }

    @AfterAll
    static void close() throws IOException {
        if (twin != null) {
            twin.close();
        }
    }

    @Test
    void allOperationsAndModelsGiveTheReferencesBits() throws IOException {
        System.out.println("seed " + SEED);
        List<String> report = new TornadoRun(provider, directory).everything(SEED, 12, 6);
        assertTrue(report.toString().contains("tornado:0 Java threads"), report::toString);
        assertTrue(report.toString().contains("logits equal"), report::toString);
    }

    @Test
    void devicesAreUntestedOrRefused() {
        List<KernelProvider.Device> devices = provider.devices();
        assertEquals(
                List.of(KernelProvider.State.UNTESTED, KernelProvider.State.REFUSED),
                devices.stream().map(KernelProvider.Device::state).toList());
        assertTrue(devices.get(1).note().contains("PTX"), devices::toString);
        assertThrows(IllegalArgumentException.class, () -> provider.open(1, 1));
        assertThrows(IllegalArgumentException.class, () -> provider.open(2, 1));
    }

    /** A device that does not fuse is found before it computes anything, and by the suite as well. */
    @Test
    void kernelsThatRoundTwiceAreRefused() throws IOException {
        try (var unfused = new TornadoTwin(Files.createDirectory(directory.resolve("unfused")), false)) {
            var refusal = assertThrows(
                    IllegalArgumentException.class, () -> unfused.provider().open(0, 1));
            assertTrue(String.valueOf(refusal.getMessage()).contains("rounds twice"), refusal::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(WeightFormat.class)
    void aPlantedErrorInOneFormatIsFound(WeightFormat format) {
        try (Kernel broken = new OneUlpOff(provider.open(0, 1), "matmul " + format)) {
            AssertionError error = assertThrows(AssertionError.class, () -> new Conformance(broken).run(1, 5));
            assertTrue(String.valueOf(error.getMessage()).contains("matmul " + format), error::toString);
        }
    }

    @Test
    void matricesStayWithTheirKernel() throws IOException {
        try (Kernel one = provider.open(0, 1);
                Kernel other = provider.open(0, 1)) {
            PreparedMatrix matrix = one.prepare(Tensors.random(WeightFormat.Q8_0, 2, 32, new Random(SEED)));
            DeviceArray x = other.allocate(32);
            DeviceArray out = other.allocate(2);
            assertThrows(IllegalArgumentException.class, () -> other.matmul(matrix, other.activations(x, 1, 32), out));
            assertThrows(
                    IndexOutOfBoundsException.class, () -> one.matmul(matrix, one.activations(x, 1, 32), out, 1, 3));
        }
    }

    @Test
    void aDeviceWithoutRoomSaysSoAndGoesOn() throws IOException {
        GgufTensor large = Tensors.random(WeightFormat.Q8_0, 64, 1024, new Random(SEED));
        try (Kernel kernel = provider.open(0, 1)) {
            System.setProperty("tornado.device.memory", "1000");
            try {
                var refusal = assertThrows(DeviceMemoryException.class, () -> kernel.prepare(large));
                assertTrue(String.valueOf(refusal.getMessage()).contains("-Dtornado.device.memory"), refusal::toString);
            } finally {
                System.clearProperty("tornado.device.memory");
            }
            assertDoesNotThrow(() -> kernel.prepare(large));
        }
    }
}
