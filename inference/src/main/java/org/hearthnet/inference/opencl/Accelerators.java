package org.hearthnet.inference.opencl;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this machine may have a graphics card or another accelerator, judged without loading a driver. */
final class Accelerators {
    /**
     * Where Linux shows them: the graphics drivers of the kernel, NVIDIA's, AMD's compute driver, Windows' subsystem, the
     * accelerator subsystem, Arm's and Qualcomm's drivers.
     */
    private static final String NODES = "{dri,nvidia*,kfd,dxg,accel,mali*,kgsl*}";

    private Accelerators() {}

    /** False only where the system would show one and does not. */
    static boolean mayExist() {
        return !System.getProperty("os.name", "").equals("Linux") || mayExist(Path.of("/dev"));
    }

    /** The same for a folder of device files. */
    static boolean mayExist(Path devices) {
        if (!Files.isReadable(devices)) {
            return true;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(devices, NODES)) {
            return found.iterator().hasNext();
        } catch (IOException e) {
            return true;
        }
    }
}
