package org.hearthnet.inference.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.hearthnet.genesis.arithmetic.SamplerParameters;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.Kernels;
import org.hearthnet.inference.kernel.KvLayer;
import org.hearthnet.inference.kernel.VectorKernel;
import org.hearthnet.inference.opencl.OpenClDevices;
import org.hearthnet.inference.token.Tokenizers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sequences that begin alike share what is cached, and nothing shows but the time. */
class PrefixCacheTest {
    private static final long SEED = 31;
    private static final long PLENTY = 1 << 26;

    @TempDir
    private Path directory;

    private GgufFile file;
    private Kernel kernel;
    private StageExecutor model;
    private long page;

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

    private static int[] tokens(int count, Random random) {
        return Runs.tokens(count, RandomModel.VOCABULARY, random);
    }

    /** {@code tokens} with others from {@code at} on. */
    private static int[] changed(int[] tokens, int at, int length, Random random) {
        int[] out = Arrays.copyOf(tokens, length);
        System.arraycopy(tokens(length - at, random), 0, out, at, length - at);
        out[at] = (tokens[Math.min(at, tokens.length - 1)] + 1) % RandomModel.VOCABULARY;
        return out;
    }

    /** Computes what is missing in the cache and checks the last logits. */
    private static void finish(StageExecutor model, SequenceState sequence, int[] tokens, int most, Random random) {
        float[] last = {};
        while (sequence.length() < tokens.length) {
            int to = Math.min(tokens.length, sequence.length() + 1 + random.nextInt(most));
            var input = new StageInput.Tokens(Arrays.copyOfRange(tokens, sequence.length(), to));
            last = model.forward(new Step(sequence, input, LogitsWanted.LAST)).logits();
        }
        float[] all = Runs.atOnce(model, tokens);
        assertArrayEquals(Arrays.copyOfRange(all, all.length - RandomModel.VOCABULARY, all.length), last);
    }

    private static void branches(StageExecutor model) {
        var random = new Random(SEED);
        var budget = new KvBudget(PLENTY);
        var cache = new PrefixCache(model, budget, 8, PLENTY);
        int[] first = tokens(300, random);
        try (SequenceState sequence = cache.begin(first, 600)) {
            assertEquals(0, sequence.length());
            finish(model, sequence, first, 100, random);
            cache.keep(first, sequence);
            // Two that branch off in the middle of pages, and the first one itself, all go on beside each other.
            int[] early = changed(first, 100, 280, random);
            int[] late = changed(first, 290, 320, random);
            int[] longer = changed(first, 300, 310, random);
            try (SequenceState a = cache.begin(early, 600);
                    SequenceState b = cache.begin(late, 600)) {
                assertEquals(100, a.length());
                assertEquals(290, b.length());
                finish(model, a, Arrays.copyOf(early, 140), 30, random);
                finish(model, b, Arrays.copyOf(late, 300), 30, random);
                finish(model, sequence, longer, 30, random);
                finish(model, a, early, 30, random);
                finish(model, b, late, 30, random);
            }
        }
        int[] again = changed(first, 299, 305, random);
        try (SequenceState sequence = cache.begin(again, 600)) {
            assertEquals(299, sequence.length());
            finish(model, sequence, again, 5, random);
        }
        assertEquals(100 + 290 + 299, cache.reused());
        cache.close();
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void branchesGiveTheBitsOfFreshSequences() {
        branches(model);
    }

    @Test
    void onADeviceToo() throws IOException {
        try (Kernel device = Kernels.choose("opencl:" + OpenClDevices.usable().getFirst(), 1)) {
            branches(Runs.whole(file, device));
        }
    }

    @Test
    void theLastTokenIsAlwaysComputed() {
        var random = new Random(SEED);
        var budget = new KvBudget(PLENTY);
        int[] tokens = tokens(40, random);
        try (var cache = new PrefixCache(model, budget, 8, PLENTY)) {
            try (SequenceState sequence = cache.begin(tokens, 600)) {
                finish(model, sequence, tokens, 40, random);
                cache.keep(tokens, sequence);
            }
            try (SequenceState sequence = cache.begin(tokens, 600)) {
                assertEquals(39, sequence.length());
                finish(model, sequence, tokens, 40, random);
            }
        }
    }

    @Test
    void sharedPagesCountOnce() {
        var random = new Random(SEED);
        var budget = new KvBudget(4 * page);
        int[] tokens = tokens(400, random);
        try (var cache = new PrefixCache(model, budget, 8, PLENTY)) {
            try (SequenceState sequence = cache.begin(tokens, 600)) {
                finish(model, sequence, tokens, 256, random);
                cache.keep(tokens, sequence);
                assertEquals(2 * page, budget.usedBytes());
            }
            assertEquals(2 * page, budget.usedBytes());
            int[] other = changed(tokens, 300, 420, random);
            try (SequenceState sequence = cache.begin(other, 600)) {
                assertEquals(2 * page, budget.usedBytes());
                finish(model, sequence, other, 256, random);
                assertEquals(3 * page, budget.usedBytes(), "the page that it goes on in was copied");
            }
            assertEquals(2 * page, budget.usedBytes());
        }
        assertEquals(0, budget.usedBytes());
    }

    /** What is kept never stands in the way of a sequence, and the limit holds. */
    @Test
    void whatIsKeptMakesRoom() {
        var random = new Random(SEED);
        var budget = new KvBudget(3 * page);
        try (var cache = new PrefixCache(model, budget, 8, PLENTY)) {
            for (int i = 0; i < 3; i++) {
                int[] tokens = tokens(20, random);
                try (SequenceState sequence = cache.begin(tokens, 600)) {
                    finish(model, sequence, tokens, 20, random);
                    cache.keep(tokens, sequence);
                }
            }
            assertEquals(3, cache.size());
            int[] tokens = tokens(400, random);
            try (SequenceState sequence = cache.begin(tokens, 600)) {
                finish(model, sequence, tokens, 256, random);
                assertEquals(1, cache.size());
                assertEquals(3 * page, budget.usedBytes());
                assertThrows(
                        KvExhaustedException.class,
                        () -> model.newSequence(600, budget).claim(600));
                try (SequenceState another = model.newSequence(600, budget)) {
                    another.claim(1);
                    assertEquals(0, cache.size());
                    assertThrows(KvExhaustedException.class, () -> another.claim(300));
                    assertEquals(3 * page, budget.usedBytes());
                }
            }
        }
    }

    @Test
    void whatWasUsedLongestAgoGoesFirst() {
        var random = new Random(SEED);
        var budget = new KvBudget(PLENTY);
        int[][] texts = {tokens(20, random), tokens(20, random), tokens(20, random)};
        try (var cache = new PrefixCache(model, budget, 2, PLENTY)) {
            keep(cache, texts[0], random);
            keep(cache, texts[1], random);
            cache.begin(texts[0], 600).close();
            keep(cache, texts[2], random);
            assertEquals(2, cache.size());
            assertEquals(19, known(cache, texts[0]));
            assertEquals(0, known(cache, texts[1]));
            assertEquals(19, known(cache, texts[2]));
        }
        try (var small = new PrefixCache(model, budget, 8, page)) {
            keep(small, texts[0], random);
            keep(small, texts[1], random);
            assertEquals(1, small.size());
            assertEquals(page, budget.usedBytes());
        }
    }

    private void keep(PrefixCache cache, int[] tokens, Random random) {
        try (SequenceState sequence = cache.begin(tokens, 600)) {
            finish(model, sequence, tokens, 20, random);
            cache.keep(tokens, sequence);
        }
    }

    private static int known(PrefixCache cache, int[] tokens) {
        try (SequenceState sequence = cache.begin(tokens, 600)) {
            return sequence.length();
        }
    }

    /** Who goes back and writes again must not write where others read. */
    @Test
    void truncatingLeavesWhatOthersShare() {
        var random = new Random(SEED);
        var budget = new KvBudget(PLENTY);
        int[] tokens = tokens(520, random);
        try (var cache = new PrefixCache(model, budget, 8, PLENTY);
                SequenceState sequence = model.newSequence(600, budget)) {
            finish(model, sequence, tokens, 256, random);
            cache.keep(tokens, sequence);
            sequence.truncate(90);
            finish(model, sequence, changed(tokens, 90, 540, random), 256, random);
            int[] later = changed(tokens, 515, 525, random);
            try (SequenceState other = cache.begin(later, 600)) {
                assertEquals(515, other.length());
                finish(model, other, later, 3, random);
            }
        }
        assertEquals(0, budget.usedBytes());
    }

    @Test
    void generatedTextIsTheSame() throws IOException {
        var budget = new KvBudget(PLENTY);
        var tokenizer = Tokenizers.of(file.metadata());
        var options = new GenerationOptions(new SamplerParameters(0.9f, 0, 1f), 5, 30, false);
        try (var cache = new PrefixCache(model, budget, 8, PLENTY)) {
            var plain = new Generator(model, tokenizer, budget);
            var keeping = new Generator(model, tokenizer, budget, cache);
            String prompt = "once upon a time there was a king who had three";
            for (String end : new String[] {" sons", " daughters", " sons and a goose"}) {
                GenerationResult expected = plain.generate(prompt + end, options, text -> {});
                GenerationResult actual = keeping.generate(prompt + end, options, text -> {});
                assertArrayEquals(expected.tokens(), actual.tokens());
            }
            assertTrue(cache.reused() > 60, () -> "reused " + cache.reused());
        }
        assertEquals(0, budget.usedBytes());
    }
}
