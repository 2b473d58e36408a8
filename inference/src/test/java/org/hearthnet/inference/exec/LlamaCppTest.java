package org.hearthnet.inference.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hearthnet.genesis.arithmetic.SamplerParameters;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.VectorKernel;
import org.hearthnet.inference.model.RandomModel;
import org.hearthnet.inference.token.Tokenizers;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Greedy decoding of generated models agrees with llama.cpp, which src/test/js/install.sh installs. */
class LlamaCppTest {
    private static final Path SCRIPTS = Path.of("src/test/js/llama");

    @TempDir
    private Path directory;

    @BeforeAll
    static void requireLlamaCpp() {
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

    @Test
    void greedyTokensOfF32ModelsAreEqual() throws Exception {
        for (long seed = 1; seed <= 3; seed++) {
            System.out.println("seed " + seed);
            var shape = new RandomModel(WeightFormat.F32, 4, 128, 8, 2, 32, 192, 512);
            Path path = directory.resolve("model-" + seed + ".gguf");
            shape.write(path, seed);
            int[] prompt = Runs.tokens(20, RandomModel.VOCABULARY - 1, new Random(seed));
            int[] expected = llamaCpp(path, prompt, 40);
            assertEquals(40, expected.length);
            assertArrayEquals(expected, greedy(path, prompt, 40), "seed " + seed);
            assertTrue(Arrays.stream(expected).distinct().count() > 3, "too monotonous to mean anything");
        }
    }

    private static int[] greedy(Path path, int[] prompt, int count) throws IOException {
        try (GgufFile file = GgufFile.open(path);
                Kernel kernel = new VectorKernel(2)) {
            var options = new GenerationOptions(SamplerParameters.GREEDY, 0, count, false);
            return new Generator(Runs.whole(file, kernel), Tokenizers.of(file.metadata()), Runs.BUDGET)
                    .generate(prompt, options, s -> {})
                    .tokens();
        }
    }

    private static int[] llamaCpp(Path model, int[] prompt, int count) throws Exception {
        String ids = Arrays.stream(prompt).mapToObj(Integer::toString).collect(Collectors.joining(","));
        Process process = new ProcessBuilder("node", "greedy.mjs", model.toString(), Integer.toString(count), ids)
                .directory(SCRIPTS.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue());
        String[] lines = output.strip().split("\n", -1);
        return new ObjectMapper().readValue(lines[lines.length - 1], int[].class);
    }
}
