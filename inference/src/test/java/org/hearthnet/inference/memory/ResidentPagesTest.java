package org.hearthnet.inference.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.exec.ModelConfig;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.gguf.GgufTensor;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.VectorKernel;
import org.hearthnet.inference.manifest.ManifestBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A loaded model does not keep its file's pages in memory beside its own copy of the weights. */
class ResidentPagesTest {
    @TempDir
    private Path directory = Path.of("");

    private Path model() throws IOException {
        Path path = directory.resolve("model.gguf");
        new RandomModel(WeightFormat.Q8_0, 4, 1024, 8, 8, 128, 2048, 64).write(path, 3);
        return path;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theMappingIsReleasedOnceWeightsAreRepackedOrHashed() throws IOException {
        Path path = model();
        try (GgufFile file = GgufFile.open(path);
                Kernel kernel = new VectorKernel(2)) {
            StageExecutor all = StageExecutor.load(file, ModelConfig.of(file).all(), kernel);
            long loaded = resident(path);
            assertTrue(
                    loaded < file.bytes() / 10, loaded + " of " + file.bytes() + " bytes are resident after loading");
            ManifestBuilder.of(file, "test");
            long hashed = resident(path);
            assertTrue(
                    hashed < file.bytes() / 10, hashed + " of " + file.bytes() + " bytes are resident after hashing");
            assertTrue(all.isFirst());
        }
    }

    @Test
    void aReleasedTensorReadsAsBefore() throws IOException {
        try (GgufFile file = GgufFile.open(model())) {
            GgufTensor tensor = file.tensor("blk.1.ffn_up.weight");
            long before = checksum(tensor);
            tensor.release();
            assertEquals(before, checksum(tensor));
        }
    }

    @Test
    void memoryThatWouldNotComeBackIsNeverReleased() {
        try (Arena arena = Arena.ofConfined()) {
            var own = arena.allocate(1 << 16);
            assertThrows(IllegalArgumentException.class, () -> MemoryAdvice.notNeeded(own));
        }
    }

    private static long checksum(GgufTensor tensor) {
        long sum = 0;
        for (int row = 0; row < tensor.rows(); row++) {
            sum = sum * 31 + java.util.Arrays.hashCode(tensor.rowBytes(row));
        }
        return sum;
    }

    /** Resident bytes of all mappings of {@code path}, by Linux's smaps. */
    private static long resident(Path path) throws IOException {
        long bytes = 0;
        boolean here = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                here = line.endsWith(path.toString());
            } else if (here && line.startsWith("Rss:")) {
                bytes += Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        return bytes;
    }
}
