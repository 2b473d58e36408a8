package org.hearthnet.inference.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelfCheckTest {
    @Test
    void bothKernelsPass() {
        try (Kernel reference = new ReferenceKernel();
                Kernel vector = new VectorKernel(2)) {
            assertEquals(
                    List.of(),
                    SelfCheck.run(reference),
                    () -> SelfCheck.checksums(reference).toString());
            assertEquals(List.of(), SelfCheck.run(vector));
        }
    }

    @ParameterizedTest
    @CsvSource({"norm,norm", "rope,rope", "attention,attention", "gated,gated", "add,add", "bias,bias"})
    void aBrokenKernelIsNamed(String damaged, String reported) {
        try (Kernel broken = new OneUlpOff(new VectorKernel(1), damaged)) {
            assertEquals(List.of(reported), SelfCheck.run(broken));
        }
    }

    @Test
    void brokenMatricesAreNamed() {
        try (Kernel broken = new OneUlpOff(new VectorKernel(1), "matmul")) {
            assertEquals(
                    Arrays.stream(WeightFormat.values())
                            .map(type -> "matmul " + type)
                            .toList(),
                    SelfCheck.run(broken));
        }
    }
}
