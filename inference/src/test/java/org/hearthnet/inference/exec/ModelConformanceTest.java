package org.hearthnet.inference.exec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.VectorKernel;

/** Random models, random ways of running them, on the vector kernel. jqwik prints the seed of a run that fails. */
class ModelConformanceTest {
    private static Path directory = Path.of("");

    @BeforeContainer
    static void makeDirectory() throws IOException {
        directory = Files.createTempDirectory("hearth-models");
    }

    @AfterContainer
    static void removeDirectory() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void logitsAreTheReferences(@ForAll long seed, @ForAll @LongRange(min = 1, max = 4) long threads)
            throws IOException {
        var conformance = new ModelConformance(seed, directory);
        assertTrue(!conformance.formats().isEmpty());
        try (Kernel kernel = new VectorKernel((int) threads)) {
            conformance.check(kernel);
            conformance.check(kernel);
        }
    }
}
