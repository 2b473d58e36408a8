package org.hearthnet.inference.opencl;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceleratorsTest {
    @TempDir
    private Path devices;

    @Test
    void aDeviceFileIsSeen() throws IOException {
        Files.createFile(devices.resolve("null"));
        assertFalse(Accelerators.mayExist(devices));
        Files.createFile(devices.resolve("nvidia0"));
        assertTrue(Accelerators.mayExist(devices));
    }

    @Test
    void whereNothingCanBeSeenThereMayBeOne() {
        assertTrue(Accelerators.mayExist(devices.resolve("missing")));
    }
}
