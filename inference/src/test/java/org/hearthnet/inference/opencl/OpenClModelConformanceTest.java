package org.hearthnet.inference.opencl;

import java.io.IOException;
import java.nio.file.Path;
import org.hearthnet.inference.exec.ModelConformance;
import org.hearthnet.inference.kernel.Kernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random models on every OpenCL device, in both layouts. */
class OpenClModelConformanceTest {
    private static final long SEED = 12_000;
    private static final int MODELS = 15;

    @TempDir
    private Path directory;

    @Test
    void logitsAreTheReferences() throws IOException {
        System.out.println("seed " + SEED);
        for (int device : OpenClDevices.usable()) {
            try (Kernel cpu = OpenClProvider.open(device, KernelLayout.CPU);
                    Kernel gpu = OpenClProvider.open(device, KernelLayout.GPU)) {
                for (long seed = SEED; seed < SEED + MODELS; seed++) {
                    var conformance = new ModelConformance(seed, directory);
                    conformance.check(cpu);
                    conformance.check(gpu);
                }
            }
        }
    }
}
