package org.hearthnet.inference.exec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.Kernels;
import org.hearthnet.inference.kernel.OneUlpOff;
import org.hearthnet.inference.kernel.VectorKernel;
import org.hearthnet.inference.opencl.OpenClDevices;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The smallest error in the products of one weight format must show in the logits of random models. */
class PlantedErrorTest {
    private static final int MODELS = 10;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(WeightFormat.class)
    void inTheVectorKernel(WeightFormat format) throws IOException {
        find(new VectorKernel(2), format);
    }

    @ParameterizedTest
    @EnumSource(WeightFormat.class)
    void onAnOpenClDevice(WeightFormat format) throws IOException {
        find(Kernels.choose("opencl:" + OpenClDevices.usable().getFirst(), 1), format);
    }

    private void find(Kernel kernel, WeightFormat format) throws IOException {
        long seed = 500 + format.ordinal();
        System.out.println("seed " + seed);
        try (Kernel broken = new OneUlpOff(kernel, "matmul " + format)) {
            assertTrue(ModelConformance.finds(broken, format, seed, MODELS, directory), format.toString());
        }
    }
}
