package org.hearthnet.inference.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hearthnet.genesis.arithmetic.PoisonException;
import org.hearthnet.genesis.arithmetic.SamplerParameters;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.gguf.GgufException;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.gguf.GgufWriter;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.KvLayer;
import org.hearthnet.inference.kernel.VectorKernel;
import org.hearthnet.inference.token.Tokenizer;
import org.hearthnet.inference.token.Tokenizers;
import org.hearthnet.inference.trace.TraceSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input gives a clear error, and the other sequences are unharmed. */
@SuppressWarnings("NullAway.Init")
class BadInputTest {
    @TempDir
    private Path directory;

    private GgufFile file;
    private Kernel kernel;
    private StageExecutor model;

    @BeforeEach
    void open() throws IOException {
        Path path = directory.resolve("model.gguf");
        RandomModel.tiny(WeightFormat.Q8_0).write(path, 9);
        file = GgufFile.open(path);
        kernel = new VectorKernel(1);
        model = Runs.whole(file, kernel);
    }

    @AfterEach
    void close() {
        kernel.close();
        file.close();
    }

    private static Step tokens(SequenceState sequence, int... ids) {
        return new Step(sequence, new StageInput.Tokens(ids), LogitsWanted.LAST);
    }

    @Test
    void badTokensAreRefusedAndChangeNothing() {
        try (SequenceState sequence = model.newSequence(10, Runs.BUDGET)) {
            assertThrows(IllegalArgumentException.class, () -> model.forward(tokens(sequence)));
            assertThrows(IllegalArgumentException.class, () -> model.forward(tokens(sequence, 1, -1)));
            assertThrows(IllegalArgumentException.class, () -> model.forward(tokens(sequence, RandomModel.VOCABULARY)));
            assertThrows(ContextExceededException.class, () -> model.forward(tokens(sequence, new int[11])));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> model.forward(List.of(tokens(sequence, 1), tokens(sequence, 2))));
            var hidden = new Step(sequence, new StageInput.Hidden(1, new float[64]), LogitsWanted.LAST);
            assertThrows(IllegalArgumentException.class, () -> model.forward(hidden));
            assertEquals(0, sequence.length());
            model.forward(tokens(sequence, new int[10]));
            assertThrows(ContextExceededException.class, () -> model.forward(tokens(sequence, 1)));
        }
    }

    @Test
    void poisonedHiddenRowsEndTheirSequenceOnly() throws IOException {
        StageExecutor second = StageExecutor.load(file, new LayerRange(1, 3), kernel);
        float[] good = new float[64];
        Arrays.fill(good, 0.5f);
        for (float bad : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 1e30f, 1e25f}) {
            float[] poisoned = good.clone();
            poisoned[63] = bad;
            try (SequenceState a = second.newSequence(10, Runs.BUDGET);
                    SequenceState b = second.newSequence(10, Runs.BUDGET);
                    SequenceState alone = second.newSequence(10, Runs.BUDGET)) {
                List<StageOutput> outputs = second.forward(List.of(hidden(a, poisoned), hidden(b, good)));
                assertTrue(outputs.get(0).poison().isPresent());
                assertEquals(0, a.length());
                assertThrows(PoisonException.class, () -> second.forward(hidden(a, poisoned)));
                assertArrayEquals(
                        second.forward(hidden(alone, good)).logits(),
                        outputs.get(1).orThrow().logits());
                assertEquals(1, b.length());
            }
        }
    }

    private static Step hidden(SequenceState sequence, float[] values) {
        return new Step(sequence, new StageInput.Hidden(1, values), LogitsWanted.LAST);
    }

    @Test
    void hiddenInputOfAnotherSizeIsRefused() throws IOException {
        StageExecutor second = StageExecutor.load(file, new LayerRange(1, 3), kernel);
        try (SequenceState sequence = second.newSequence(10, Runs.BUDGET)) {
            assertThrows(IllegalArgumentException.class, () -> second.forward(hidden(sequence, new float[63])));
            assertThrows(IllegalArgumentException.class, () -> second.forward(tokens(sequence, 1)));
            assertThrows(IllegalArgumentException.class, () -> model.forward(hidden(sequence, new float[64])));
        }
    }

    /** The pass goes on to write to its pages, so nobody else may have them yet. */
    @Test
    void closingDuringAPassGivesBackAtItsEnd() {
        long page = KvLayer.pageBytes(model.config().attention()) * 3;
        var budget = new KvBudget(2 * page);
        SequenceState sequence = model.newSequence(600, budget);
        long[] usedAfterClosing = new long[1];
        var closing = new TraceSink() {
            @Override
            public void residual(int layer, int position, float[] values, int offset, int length) {
                sequence.close();
                usedAfterClosing[0] = budget.usedBytes();
            }
        };
        model.forward(new Step(sequence, new StageInput.Tokens(new int[] {1}), LogitsWanted.LAST, closing));
        assertEquals(page, usedAfterClosing[0]);
        assertEquals(0, budget.usedBytes());
        assertEquals(0, sequence.length());
    }

    @Test
    void theCacheLimitIsHard() {
        long page = KvLayer.pageBytes(model.config().attention()) * 3;
        var budget = new KvBudget(2 * page);
        SequenceState a = model.newSequence(600, budget);
        SequenceState b = model.newSequence(600, budget);
        model.forward(tokens(a, 1));
        model.forward(tokens(b, 1));
        assertEquals(2 * page, budget.usedBytes());
        assertThrows(KvExhaustedException.class, () -> model.forward(tokens(a, new int[256])));
        assertEquals(1, a.length());
        b.close();
        model.forward(tokens(a, new int[256]));
        a.close();
        assertEquals(0, budget.usedBytes());
        assertThrows(IllegalStateException.class, () -> model.forward(tokens(a, 1)));
    }

    @Test
    void truncatingForgets() {
        Random random = new Random(1);
        int[] ids = Runs.tokens(20, RandomModel.VOCABULARY, random);
        try (SequenceState sequence = model.newSequence(40, Runs.BUDGET)) {
            model.forward(tokens(sequence, ids));
            model.forward(tokens(sequence, 1, 2, 3));
            sequence.truncate(19);
            float[] all = Runs.atOnce(model, ids);
            assertArrayEquals(
                    Arrays.copyOfRange(all, all.length - RandomModel.VOCABULARY, all.length),
                    model.forward(tokens(sequence, ids[19])).logits());
            assertThrows(IllegalArgumentException.class, () -> sequence.truncate(21));
        }
    }

    @Test
    void promptsThatCannotBeContinuedAreRefused() throws IOException {
        Tokenizer tokenizer = Tokenizers.of(file.metadata());
        var generator = new Generator(model, tokenizer, Runs.BUDGET);
        GenerationOptions options = GenerationOptions.standard(1, 5);
        assertThrows(IllegalArgumentException.class, () -> generator.generate(new int[0], options, s -> {}));
        assertThrows(ContextExceededException.class, () -> generator.generate(new int[600], options, s -> {}));
        GenerationResult last =
                generator.generate(new int[599], new GenerationOptions(SamplerParameters.GREEDY, 1, 5, false), s -> {});
        assertEquals(1, last.tokens().length);
        assertEquals(GenerationResult.StopReason.CONTEXT_FULL, last.reason());
        var text = new StringBuilder();
        GenerationResult result = generator.generate("abc", options, text::append);
        assertEquals(result.text(), text.toString());
    }

    @Test
    void unknownModelsAreNamed() throws IOException {
        Path path = directory.resolve("other.gguf");
        new GgufWriter().text("general.architecture", "mamba").write(path);
        try (GgufFile other = GgufFile.open(path)) {
            GgufException error = assertThrows(GgufException.class, () -> ModelConfig.of(other));
            assertTrue(String.valueOf(error.getMessage()).contains("'mamba' is not supported"), error::toString);
        }
    }
}
