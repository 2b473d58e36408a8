package org.hearthnet.inference.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hearthnet.inference.exec.ModelConfig;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.token.Tokenizers;

/** Any bytes are a model or are refused with a {@link GgufException}; nothing else may happen. */
class GgufFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void anyFileIsReadOrRefused(byte[] bytes) throws IOException {
        Path path = Files.createTempFile("fuzz", ".gguf");
        try {
            Files.write(path, bytes);
            try (GgufFile file = GgufFile.open(path)) {
                readOn(file);
            } catch (GgufException refused) {
                // as it should be
            }
        } finally {
            Files.delete(path);
        }
    }

    private static void readOn(GgufFile file) {
        try {
            Tokenizers.of(file.metadata()).encode("a b", true, true);
        } catch (GgufException refused) {
            // a file without a tokenizer can still have a model
        }
        try {
            ModelConfig.of(file);
        } catch (GgufException refused) {
            // and the other way round
        }
    }
}
