package org.hearthnet.inference.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is kept of ended sequences has limits, and makes room. */
class PrefixCacheLimitsTest extends PrefixFixture {
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
}
