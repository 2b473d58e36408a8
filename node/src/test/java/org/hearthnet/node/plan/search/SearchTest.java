package org.hearthnet.node.plan.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.hearthnet.node.plan.CostModel;
import org.hearthnet.node.plan.Counting;
import org.hearthnet.node.plan.Economics;
import org.hearthnet.node.plan.Estimate;
import org.hearthnet.node.plan.PlanException;
import org.hearthnet.node.plan.catalog.Catalog;
import org.junit.jupiter.api.Test;

/** The search finds what it should, and nothing on its front is beaten. */
class SearchTest {
    private static final Catalog CATALOG = Catalog.builtIn();
    private static final double TARGET = 5;
    private static final int CONTEXT = 4096;
    private static final SearchRequest AS_THE_ARTICLE = request(8, TARGET, Counting.article());
    private static final SearchResult FOUND = Search.run(AS_THE_ARTICLE);

    private static SearchRequest request(int cards, double target, Counting counting) {
        return new SearchRequest(
                CATALOG.model("llama-2-70b"),
                CATALOG.device("rtx-4090"),
                cards,
                cards,
                List.copyOf(CATALOG.hosts()),
                List.copyOf(CATALOG.networks()),
                target,
                CONTEXT,
                counting,
                new Economics(3, 0.1),
                0);
    }

    @Test
    void theArticlesDesignsAreAmongTheAnswers() {
        design(HomeDesign.PIPELINE, 180, 20_000);
        design(HomeDesign.TENSOR, 52.5, 30_000);
        design(HomeDesign.HYBRID, 78, 19_500);
    }

    private static void design(HomeDesign home, double milliseconds, double usd) {
        Design d = home.find(FOUND.answers()).orElseThrow();
        assertEquals(milliseconds, d.secondsPerToken() * 1000, milliseconds * 0.05, home.text());
        assertEquals(usd, d.split().usd(), usd * 0.05, home.text());
        assertEquals(327, d.work().batch());
    }

    @Test
    void somethingBeatsEachOfThem() {
        for (HomeDesign home : HomeDesign.values()) {
            Design d = home.find(FOUND.answers()).orElseThrow();
            Design better = FOUND.better(d).orElseThrow();
            assertTrue(better.usdPerMillionTokens() <= d.usdPerMillionTokens());
            assertTrue(better.secondsPerToken() <= d.secondsPerToken());
        }
    }

    @Test
    void nothingBeatsTheFrontAndTheFrontBeatsTheRest() {
        for (Design d : FOUND.answers()) {
            boolean onFront = FOUND.front().contains(d);
            boolean beaten = FOUND.front().stream().anyMatch(f -> f.dominates(d));
            assertFalse(onFront && beaten, d.split()::describe);
            boolean equalled = FOUND.front().stream()
                    .anyMatch(f -> f.usdPerMillionTokens() == d.usdPerMillionTokens()
                            && f.secondsPerToken() == d.secondsPerToken());
            assertTrue(onFront || beaten || equalled, d.split()::describe);
        }
    }

    @Test
    void everyAnswerFitsMeetsTheTargetAndUsesTheCards() {
        CostModel costs = new CostModel(AS_THE_ARTICLE.counting());
        for (Design d : FOUND.answers()) {
            Estimate again = costs.estimate(d.split().pipeline(AS_THE_ARTICLE.model()), d.work());
            assertEquals(again, d.estimate());
            assertTrue(again.fits() && again.tokensPerSecondOfOne() >= TARGET);
            assertEquals(8, d.split().cards());
        }
    }

    /** With the cache counted, memory and not arithmetic limits the batch: far fewer tokens for a dollar. */
    @Test
    void theCacheMakesTokensDearer() {
        SearchResult honest = Search.run(request(8, TARGET, Counting.complete()));
        assertTrue(cheapest(honest) > 10 * cheapest(FOUND));
        assertTrue(honest.answers().stream()
                .allMatch(d -> d.work().batch() * d.work().inFlight() < 100));
        assertEquals(
                Optional.of(true),
                HomeDesign.HYBRID.find(honest.answers()).map(d -> d.work().batch() < 100));
    }

    private static double cheapest(SearchResult result) {
        return result.front().getLast().usdPerMillionTokens();
    }

    @Test
    void whatFitsNowhereIsRefusedWithWhatWould() {
        PlanException few =
                assertThrows(PlanException.class, () -> Search.run(request(2, TARGET, Counting.complete())));
        assertTrue(String.valueOf(few.getMessage()).contains("It would fit on 7 of them"), few.getMessage());
        PlanException fast = assertThrows(PlanException.class, () -> Search.run(request(8, 1000, Counting.article())));
        assertTrue(String.valueOf(fast.getMessage()).contains("--min-speed"), fast.getMessage());
    }

    /** 7 cards hold it and 6 do not: what the refusal says is so. */
    @Test
    void theFewestCardsThatFitAreFewest() {
        int fewest = Fit.fewest(CATALOG.model("llama-2-70b"), CATALOG.device("rtx-4090"), Counting.complete())
                .orElseThrow();
        assertEquals(7, fewest);
        assertTrue(Search.run(request(7, 0, Counting.complete())).front().size() > 0);
        assertThrows(PlanException.class, () -> Search.run(request(6, 0, Counting.complete())));
    }

    @Test
    void limitsHold() {
        assertThrows(PlanException.class, () -> request(SearchRequest.MAX_CARDS + 1, 1, Counting.article()));
        assertThrows(PlanException.class, () -> request(0, 1, Counting.article()));
        assertTrue(FOUND.answers().stream().allMatch(d -> d.work().batch() <= Search.MAX_BATCH));
    }
}
