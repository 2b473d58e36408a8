package org.hearthnet.inference.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TornadoVmTest {
    @TempDir
    private Path home;

    @Test
    void itIsMentionedOnlyWhereItIs() {
        assertTrue(TornadoVm.find(Map.of(), Optional.empty()).isEmpty());
        String missing = home.resolve("missing").toString();
        assertTrue(TornadoVm.find(Map.of("TORNADOVM_HOME", missing), Optional.empty())
                .isEmpty());
        assertTrue(TornadoVm.find(Map.of("TORNADOVM_HOME", home.toString()), Optional.empty())
                .isPresent());
        assertTrue(TornadoVm.find(Map.of(), Optional.of("a class")).isPresent());
    }

    @Test
    void itIsUntestedAndComputesNothing() {
        TornadoVm found = TornadoVm.find(Map.of("TORNADOVM_HOME", home.toString()), Optional.empty())
                .orElseThrow();
        assertEquals(KernelProvider.State.UNTESTED, found.devices().getFirst().state());
        assertFalse(found.mayBeFaster());
        assertThrows(IllegalArgumentException.class, () -> found.open(0, 1));
    }
}
