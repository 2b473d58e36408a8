package org.hearthnet.inference.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs llama.cpp from the npm package that src/test/js/install.sh installs. */
public final class LlamaCpp {
    private static final Path SCRIPTS = Path.of("src/test/js/llama");

    private LlamaCpp() {}

    /** Skips the test where the package is missing; in CI fails it. */
    public static void require() {
        if (Files.isDirectory(SCRIPTS.resolve("node_modules/node-llama-cpp"))) {
            return;
        }
        String message = "llama.cpp is not installed (inference/src/test/js/install.sh): comparison skipped";
        if ("true".equals(System.getenv("CI"))) {
            fail(message);
        }
        System.out.println(message);
        Assumptions.abort(message);
    }

    /** Runs a script and reads the JSON document on the last line that it prints. */
    public static JsonNode run(List<String> arguments, String input) throws Exception {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .directory(SCRIPTS.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream out = process.getOutputStream()) {
            out.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue());
        String[] lines = output.strip().split("\n", -1);
        return new ObjectMapper().readTree(lines[lines.length - 1]);
    }
}
