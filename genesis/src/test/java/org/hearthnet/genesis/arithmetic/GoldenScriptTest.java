package org.hearthnet.genesis.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The committed golden vectors are what the second implementation writes today; needs Python 3.9 or later. */
class GoldenScriptTest {
    @ParameterizedTest
    @CsvSource({
        "golden_v1.py, src/test/resources/arithmetic/golden-v1.json",
        "trace_v1.py, ../verifier/src/test/resources/arithmetic/trace-v1.json"
    })
    void writesTheCommittedVectors(String name, Path committed) throws IOException, InterruptedException {
        assumeTrue(succeeds("import sys; sys.exit(sys.version_info < (3, 9))"), "no Python 3.9");
        Path written = Files.createTempFile("golden", ".json");
        try {
            Process script = new ProcessBuilder("python3", "-B", name)
                    .directory(Path.of("src/test/python").toFile())
                    .redirectOutput(written.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertTrue(script.waitFor(5, TimeUnit.MINUTES));
            assertEquals(0, script.exitValue());
            assertEquals(
                    Files.readString(committed, StandardCharsets.UTF_8),
                    Files.readString(written, StandardCharsets.UTF_8));
        } finally {
            Files.delete(written);
        }
    }

    private static boolean succeeds(String code) throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", code).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
