package org.hearthnet.inference.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KernelsTest {
    @Test
    void namesAreKnownOrRefused() {
        try (Kernel auto = Kernels.choose("auto", 1);
                Kernel reference = Kernels.choose("reference", 1);
                Kernel vector = Kernels.choose("vector", 2)) {
            assertTrue(auto.name().startsWith("vector-"));
            assertEquals(auto.name(), vector.name());
            assertEquals("reference", reference.name());
        }
        assertThrows(IllegalArgumentException.class, () -> Kernels.choose("abacus", 1));
        assertThrows(IllegalArgumentException.class, () -> Kernels.choose("vector", 0));
    }
}
