package org.hearthnet.inference.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.hearthnet.genesis.arithmetic.SamplerParameters;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.inference.kernel.Kernels;
import org.hearthnet.inference.opencl.OpenClDevices;
import org.hearthnet.inference.token.Tokenizers;
import org.junit.jupiter.api.Test;

/** Sequences that begin alike share what is cached, and nothing shows but the time. */
class PrefixCacheTest extends PrefixFixture {
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
