package org.hearthnet.inference.tornado;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hearthnet.inference.kernel.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The conformance suite on the SDK of TornadoVM, where this build and this JVM have it; {@code bench/tornado.sh} runs it. */
class TornadoSdkTest {
    private static final Path RECORD = Path.of("target/tornado-run.txt");

    private static final long SEED = 16_000;

    @TempDir
    private Path directory;

    @Test
    void everyDeviceGivesTheReferencesBits() throws IOException {
        List<Kernels.Found> found = Kernels.all().stream()
                .filter(one -> one.provider().name().equals("tornado"))
                .toList();
        assumeTrue(
                found.stream().anyMatch(one -> one.device().state().opens()),
                () -> "skipped: " + found.getFirst().device().note());
        System.out.println("seed " + SEED);
        List<String> report = new TornadoRun(found.getFirst().provider(), directory).everything(SEED, 30, 15);
        Files.write(RECORD, report);
        report.forEach(System.out::println);
    }
}
