package org.hearthnet.node.plan.article;

import static org.hearthnet.node.plan.article.Article.GIGA;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hearthnet.node.plan.Counting.Cache;
import org.hearthnet.node.plan.Device;
import org.hearthnet.node.plan.ModelShape;

/** Devices, memory, and how many cards are needed. */
final class MemoryFigures {
    private static final double TERA = 1e12;
    private static final String[] CARDS = {"h100", "a100", "rtx4090"};

    private MemoryFigures() {}

    static List<Computed> all() {
        return List.of(
                Computed.input("A01", a -> perCard(a, ArticleInputs.Card::teraflops)),
                Computed.input("A02", a -> perCard(a, ArticleInputs.Card::gigabytes)),
                Computed.input("A03", a -> perCard(a, c -> c.gigabytesPerSecond() / 1000)),
                Computed.input("A04", a -> pair(a, ArticleInputs.Card::bothWaysGigabytesPerSecond)),
                Computed.input("A05", a -> pair(a, ArticleInputs.Card::microseconds)),
                Computed.input("A06", a -> new double[] {
                    a.in().card("h100").usd(),
                    a.in().card("h100").usdHigh(),
                    a.in().card("a100").usd(),
                    a.in().card("rtx4090").usd()
                }),
                Computed.of(
                        "A07",
                        "2 (K, V) x layers x heads x head size x tokens x sequences x 2 bytes",
                        "the article prints GiB as GB: 80 GiB are 85.9 GB. It counts 64 heads of keys and values; the model has"
                                + " 8 (grouped-query attention), which makes 10.7 GB. Later it takes 5 GB a prompt, 40 GB for 8",
                        a -> a.cache(Cache.MULTI_HEAD, a.in().inference().cacheBatch()) / GIGA),
                Computed.several("A08", "operations a second / bytes a second", "", a ->
                        new double[] {a.card4090().balance(), a.h100().balance()}),
                Computed.several("A22", "(weights + 8 x 5 GB) / memory of a card, rounded up", "", a ->
                        new double[] {cards(a, a.h100()), cards(a, a.card4090())}),
                Computed.of(
                        "T01",
                        "2 (K, V) x 2 x hidden^2 x tokens x layers x sequences",
                        "the article's product is 704e12; 640 is the same in units of 2^40",
                        a -> projections(a.model()) * positions(a) * a.model().layers() / TERA),
                Computed.of(
                        "T02",
                        "4 x hidden^2 / (2 x hidden x 2 bytes)",
                        "16 K operations for each number that is stored; a number has two bytes, so 8 K for each byte",
                        a -> projections(a.model()) / (2 * a.model().activationBytes()) / 1000),
                Computed.of(
                        "T03",
                        "tokens x layers x 2 x hidden^2",
                        "44e12; 40 is the same in units of 2^40",
                        a -> projections(a.model())
                                / 2
                                * a.in().model().maxContext()
                                * a.model().layers()
                                / TERA),
                Computed.of(
                        "T04",
                        "sequences x tokens x hidden x 2 bytes",
                        "0.5 GiB are 0.54 GB",
                        a -> positions(a) * a.model().activationBytes() / GIGA),
                Computed.of(
                        "T05",
                        "2 x layers x heads x head size x tokens x 2 bytes",
                        "10.7 GB with 64 heads of keys and values, as in A07, and 1.3 GB with the model's 8: 5 GB is neither",
                        a -> a.cache(Cache.MULTI_HEAD, 1) / GIGA),
                Computed.of(
                        "T06",
                        "sequences x 5 GB",
                        "it stands on the 5 GB of T05",
                        a -> a.in().inference().articleCacheGigabytesPerPrompt()
                                * a.in().inference().cacheBatchLarge()),
                Computed.of(
                        "T07",
                        "2 x tokens / bytes a weight",
                        a -> 2.0 * a.in().inference().promptTokens() / a.model().bytesPerWeight()),
                Computed.of(
                        "T08",
                        "2 x memory of a card - weights",
                        a -> (2 * a.h100().memoryBytes() - a.model().weightBytes()) / GIGA),
                Computed.of("T09", "weights + sequences x 5 GB", a -> a.memoryNeeded() / GIGA));
    }

    /** Operations that make one token's keys and values in one layer, as the article counts them: square matrices. */
    private static double projections(ModelShape model) {
        return 4.0 * model.hidden() * model.hidden();
    }

    private static double positions(Article a) {
        return (double) a.in().inference().cacheBatch() * a.in().model().maxContext();
    }

    private static double cards(Article a, Device card) {
        return Math.ceil(a.memoryNeeded() / card.memoryBytes());
    }

    private static double[] perCard(Article a, ToDoubleFunction<ArticleInputs.Card> value) {
        return a.perCard(value, CARDS);
    }

    private static double[] pair(Article a, ToDoubleFunction<ArticleInputs.Card> value) {
        return a.perCard(value, "h100", "rtx4090");
    }
}
