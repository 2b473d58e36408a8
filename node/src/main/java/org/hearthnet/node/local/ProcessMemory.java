package org.hearthnet.node.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process of this machine has used. */
public final class ProcessMemory {
    private ProcessMemory() {}

    /** The largest resident set so far in bytes, as Linux counts it (VmHWM); 0 elsewhere, or if the process has ended. */
    public static long peakBytes(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
