package org.hearthnet.node.plan.article;

import static org.hearthnet.node.plan.article.Article.GIGA;

import java.util.List;
import org.hearthnet.node.plan.Estimate;

/** What machines and tokens cost. */
final class CostFigures {
    private static final double MILLION = 1e6;
    private static final double PERCENT = 100;
    private static final double KILO = 1e3;

    private CostFigures() {}

    static List<Computed> all() {
        return List.of(
                Computed.of("A20", "T35 + T37 + T38", a -> a.hour4090().total()),
                Computed.of("A21", "A19 x 3600 s / A20", a -> a.tokensPerUsd4090() / MILLION),
                Computed.of("T34", "cards x price", Article::cards4090Usd),
                Computed.of("T35", "price / (years x 8760 h)", a -> a.hour4090().equipment()),
                Computed.of("T36", "cards x 400 W + 2 kW", a -> a.watts4090() / KILO),
                Computed.of(
                        "T37", "T36 x price of electricity", a -> a.hour4090().power()),
                Computed.of("T38", "1500 / 4 / 730 h", a -> a.hour4090().hosting()),
                Computed.of("T39", "A19 x 3600 s", a -> a.throughput4090() * 3600 / MILLION),
                Computed.of("T40", "1000 / price of 1000 tokens", Article::gpt35TokensPerUsdMillions),
                Computed.of("T41", "A21 / T40", a -> a.tokensPerUsd4090() / MILLION / a.gpt35TokensPerUsdMillions()),
                Computed.of("T42", "price / (years x 8760 h)", a -> a.hourH100().equipment()),
                Computed.of(
                        "T43", "10 kW x price of electricity", a -> a.hourH100().power()),
                Computed.of("T44", "1500 / 2 / 730 h", a -> a.hourH100().hosting()),
                Computed.of("T45", "T42 + T43 + T44", a -> a.hourH100().total()),
                Computed.of("T46", "batch / T31", Article::throughputH100),
                Computed.of("T47", "T46 x 3600 s", a -> a.throughputH100() * 3600 / MILLION),
                Computed.of("T48", "T47 / T45", a -> a.tokensPerUsdH100() / MILLION),
                Computed.of(
                        "T49",
                        "A21 / T48 - 1",
                        "a small difference of two large figures: 17.6 / 15.2 as rounded, 17.2 / 15.1 as computed",
                        a -> (a.tokensPerUsd4090() / a.tokensPerUsdH100() - 1) * PERCENT),
                Computed.of("T50", "T46 / A19", a -> a.throughputH100() / a.throughput4090()),
                Computed.of(
                        "T51",
                        "T45 / A20",
                        "\"about 5\" in the article: 13.4 / 2.5 are 5.4",
                        a -> a.hourH100().total() / a.hour4090().total()),
                Computed.of(
                        "T52",
                        "middle of the H100's prices / price of an RTX 4090",
                        "\"more than 20 times\" in the article: 18.8 to 25",
                        a -> (a.in().card("h100").usd() + a.in().card("h100").usdHigh())
                                / 2
                                / a.in().card("rtx4090").usd()),
                Computed.several("T53", "ratio of A01 and of A03", "", a -> new double[] {
                    a.h100().operationsPerSecond() / a.card4090().operationsPerSecond(),
                    a.h100().memoryBytesPerSecond() / a.card4090().memoryBytesPerSecond()
                }),
                Computed.of("T54", "sum of the parts", "2100, of which the article says 2000", CostFigures::h100Parts),
                Computed.of(
                        "T55",
                        "price / T54",
                        "\"more than 10 times\" in the article",
                        a -> a.in().card("h100").usd() / h100Parts(a)),
                Computed.of("T56", "sum of the parts", "\"at most 900\" in the article", CostFigures::parts4090),
                Computed.of(
                        "T57",
                        "dies x price",
                        a -> a.in().chips().diesPerWafer() * a.in().card("h100").usd()),
                Computed.of(
                        "T58",
                        "number x price",
                        a -> a.in().chips().h100Ordered() * a.in().card("h100").usdHigh() / GIGA),
                Computed.of(
                        "T59",
                        "1 - cards / server",
                        a -> (1
                                        - a.cards()
                                                * a.in().card("h100").usd()
                                                / a.in().cost().serverH100Usd())
                                * PERCENT),
                Computed.of(
                        "T60",
                        "1 - cards / T65",
                        "\"more than 35\" in the article",
                        a -> (1 - a.cards4090Usd() / a.home1Usd()) * PERCENT),
                Computed.of("T61", "9 x T36", a -> a.in().cost().servers4090() * a.watts4090() / KILO));
    }

    private static double h100Parts(Article a) {
        ArticleInputs.Chips c = a.in().chips();
        double memory = c.h100MemoryUsdPerGigabyte() * a.in().card("h100").gigabytes();
        return c.h100ModuleUsd() + c.h100PackageUsd() + c.waferUsd() / c.diesPerWafer() + memory;
    }

    private static double parts4090(Article a) {
        ArticleInputs.Chips c = a.in().chips();
        double memory = c.memory4090UsdPerGigabyte() * a.in().card("rtx4090").gigabytes();
        return c.die4090Usd() + memory + c.pcieUsd() + c.boardUsd();
    }

    /** The three designs for the home, and their cost. */
    static List<Computed> home() {
        return List.of(
                Computed.of(
                        "A23",
                        "A10 + 8 hops x batch x hidden x 2 bytes / 1.25 GB/s",
                        "the article rounds a hop of 4.3 ms up to 5",
                        a -> a.filledPipeline(a.homePipeline(), a.balanced()).secondsPerToken() * KILO),
                Computed.of(
                        "A24",
                        "A09 + 2 x layers x batch x hidden x 2 bytes / 25 GB/s",
                        a -> home2(a).secondsPerToken() * KILO),
                Computed.of(
                        "A25",
                        "2 x (A09 + half of T26 + T70)",
                        "25 Gbit/s are counted as if each of 4 cards sent a copy; one is enough: 66 ms",
                        a -> a.hybrid(true).secondsPerToken() * KILO),
                Computed.of(
                        "A26",
                        "T39 / T74",
                        "the 44 M tokens an hour are of the server with tensor parallelism (A19)",
                        a -> a.tokensPerUsdHome() / MILLION),
                Computed.of(
                        "T62",
                        "batch x hidden x 2 bytes / 1.25 GB/s",
                        "\"enough to transmit within 5 ms\" in the article: 4.3",
                        a -> home1(a).stages().getFirst().sendSeconds() * KILO),
                Computed.of(
                        "T63", "8 x T62", "follows from T62: 8 x 4.3 ms", a -> home1(a).communicationSeconds() * KILO),
                Computed.of(
                        "T64",
                        "1 / A23",
                        "the article rounds down: 1 / 180 ms are 5.6",
                        a -> home1(a).tokensPerSecondOfOne()),
                Computed.of("T65", "8 x (card + desktop + network card) + switch", Article::home1Usd),
                Computed.of(
                        "T66",
                        "batch x hidden x 2 bytes / 25 GB/s",
                        a -> a.homeTensor().withoutMessageTime().seconds(a.activations(a.balanced())) * KILO),
                Computed.of("T67", "2 x layers x T66", a -> home2(a).communicationSeconds() * KILO),
                Computed.of("T68", "1 / A24", a -> home2(a).tokensPerSecondOfOne()),
                Computed.of("T69", "8 x (card + desktop + network card + port)", Article::home2Usd),
                Computed.of(
                        "T70",
                        "4 cards x batch x hidden x 2 bytes / 3.125 GB/s",
                        "6.9 ms, which the article rounds up; one copy takes 1.7 ms",
                        a -> a.hybrid(true).stages().getFirst().sendSeconds() * KILO),
                Computed.of("T71", "1 / A25", a -> a.hybrid(true).tokensPerSecondOfOne()),
                Computed.of("T72", "cards + 2 x (server + network card)", Article::home3Usd),
                Computed.of("T73", "20000 / (years x 8760 h)", a -> a.hourHome().equipment()),
                Computed.of(
                        "T74",
                        "T73 + T37 + hosting",
                        "hosting is what the article's 1.5 leaves for it",
                        a -> a.hourHome().total()),
                Computed.of("T75", "A26 / T48", a -> a.tokensPerUsdHome() / a.tokensPerUsdH100()));
    }

    private static Estimate home1(Article a) {
        return a.filledPipeline(a.homePipeline(), a.balanced());
    }

    private static Estimate home2(Article a) {
        return a.tensor(a.card4090(), a.homeTensor(), a.balanced(), false, false);
    }
}
