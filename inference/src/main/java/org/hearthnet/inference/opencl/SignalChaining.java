package org.hearthnet.inference.opencl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Whether native libraries can harm the JVM's signal handlers. The JVM needs SIGSEGV for its own checks and safepoints;
 * drivers that bring LLVM along put a one-shot handler in front of it, and two threads that meet it at once end the process
 * without a word. With {@code libjsig} loaded before all else (the JDK's signal chaining) the JVM's handlers stay in front.
 * The launcher sees to that; without it no driver is touched.
 */
final class SignalChaining {
    private static final boolean ON = find();

    static final String REFUSAL =
            "drivers may end the JVM unless it is started with LD_PRELOAD=JAVA_HOME/lib/libjsig.so,"
                    + " as the launcher does";

    private SignalChaining() {}

    /** Whether drivers can be used. */
    static boolean isOn() {
        return ON;
    }

    private static boolean find() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return true; // other systems' drivers do not bring LLVM's handlers into the process, as far as is known
        }
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.anyMatch(line -> line.endsWith("/libjsig.so"));
        } catch (IOException e) {
            return false;
        }
    }
}
