package org.hearthnet.inference.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Drivers cannot take the JVM's signal handlers away. */
@EnabledOnOs(OS.LINUX)
class SignalChainingTest {
    private static final Path JSIG = Path.of(System.getProperty("java.home"), "lib", "libjsig.so");

    private static String run(String preload) throws Exception {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                SignalChainingMain.class.getName());
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LD_PRELOAD", preload);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue(), output);
        return output;
    }

    @Test
    void theJvmsHandlersStayBesideADriver() throws Exception {
        OpenClDevices.usable();
        String output = run(JSIG.toString());
        assertTrue(output.contains("fails in []"), output);
        assertTrue(output.contains("same handlers: true"), output);
    }

    @Test
    void withoutChainingNoDriverIsTouched() throws Exception {
        String output = run("");
        assertTrue(output.contains(SignalChaining.REFUSAL), output);
        assertTrue(output.contains("same handlers: true"), output);
    }
}
