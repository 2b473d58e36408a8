package org.hearthnet.inference.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.KvLayer;
import org.hearthnet.inference.kernel.VectorKernel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A model of random weights, and texts that begin alike. */
abstract class PrefixFixture {
    static final long SEED = 31;
    static final long PLENTY = 1 << 26;

    @TempDir
    private Path directory;

    GgufFile file;
    Kernel kernel;
    StageExecutor model;
    long page;

    @BeforeEach
    void open() throws IOException {
        System.out.println("seed " + SEED);
        Path path = directory.resolve("model.gguf");
        RandomModel.tiny(WeightFormat.Q8_0).write(path, SEED);
        file = GgufFile.open(path);
        kernel = new VectorKernel(2);
        model = Runs.whole(file, kernel);
        page = KvLayer.pageBytes(model.config().attention()) * model.config().layers();
    }

    @AfterEach
    void close() {
        kernel.close();
        file.close();
    }

    static int[] tokens(int count, Random random) {
        return Runs.tokens(count, RandomModel.VOCABULARY, random);
    }

    /** {@code tokens} with others from {@code at} on. */
    static int[] changed(int[] tokens, int at, int length, Random random) {
        int[] out = Arrays.copyOf(tokens, length);
        System.arraycopy(tokens(length - at, random), 0, out, at, length - at);
        out[at] = (tokens[Math.min(at, tokens.length - 1)] + 1) % RandomModel.VOCABULARY;
        return out;
    }

    /** Computes what is missing in the cache and checks the last logits. */
    static void finish(StageExecutor model, SequenceState sequence, int[] tokens, int most, Random random) {
        float[] last = {};
        while (sequence.length() < tokens.length) {
            int to = Math.min(tokens.length, sequence.length() + 1 + random.nextInt(most));
            var input = new StageInput.Tokens(Arrays.copyOfRange(tokens, sequence.length(), to));
            last = model.forward(new Step(sequence, input, LogitsWanted.LAST)).logits();
        }
        float[] all = Runs.atOnce(model, tokens);
        assertArrayEquals(Arrays.copyOfRange(all, all.length - RandomModel.VOCABULARY, all.length), last);
    }
}
