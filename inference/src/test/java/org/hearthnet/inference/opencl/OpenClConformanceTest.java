package org.hearthnet.inference.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.kernel.Conformance;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.OneUlpOff;
import org.hearthnet.inference.kernel.PoisonCases;
import org.hearthnet.inference.kernel.SelfCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenClConformanceTest {
    private static final long SEED = 9_000;

    private static List<KernelLayout> layouts() {
        return List.of(KernelLayout.CPU, KernelLayout.GPU);
    }

    /** Both layouts on every device: what GPUs run is tested on CPUs too. */
    @Test
    void everyDeviceGivesTheReferencesBits() throws IOException {
        System.out.println("seed " + SEED);
        for (int device : OpenClDevices.usable()) {
            for (KernelLayout layout : layouts()) {
                try (Kernel kernel = OpenClProvider.open(device, layout)) {
                    new Conformance(kernel).run(SEED, 30);
                    PoisonCases.check(kernel);
                    assertEquals(List.of(), SelfCheck.run(kernel), kernel.name());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(WeightFormat.class)
    void aPlantedErrorInOneFormatIsFound(WeightFormat format) {
        try (Kernel broken = new OneUlpOff(
                OpenClProvider.open(OpenClDevices.usable().getFirst(), KernelLayout.CPU), "matmul " + format)) {
            AssertionError error = assertThrows(AssertionError.class, () -> new Conformance(broken).run(1, 5));
            assertTrue(String.valueOf(error.getMessage()).contains("matmul " + format), error::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"matmul", "norm", "rope", "attention", "gated", "add", "bias", "store", "gather"})
    void aPlantedErrorOfOneUlpIsFound(String operation) {
        try (Kernel broken =
                new OneUlpOff(OpenClProvider.open(OpenClDevices.usable().getFirst(), KernelLayout.CPU), operation)) {
            AssertionError error = assertThrows(AssertionError.class, () -> new Conformance(broken).run(1, 5));
            assertTrue(String.valueOf(error.getMessage()).contains(operation), error::toString);
        }
    }
}
