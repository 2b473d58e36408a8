package org.hearthnet.node.plan.article;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.hearthnet.node.plan.CostModel;
import org.hearthnet.node.plan.Counting;
import org.hearthnet.node.plan.Counting.Cache;
import org.hearthnet.node.plan.Device;
import org.hearthnet.node.plan.Economics;
import org.hearthnet.node.plan.Estimate;
import org.hearthnet.node.plan.Link;
import org.hearthnet.node.plan.ModelShape;
import org.hearthnet.node.plan.Pipeline;
import org.hearthnet.node.plan.Stage;
import org.hearthnet.node.plan.Training;
import org.hearthnet.node.plan.Workload;

/** The article's configurations as the cost model takes them. */
final class Article {
    static final double GIGA = 1e9;
    static final double MICRO = 1e-6;
    private static final double BYTES_A_KILOBYTE_BINARY = 1024;
    private static final int BUFFERS = 2;

    private final ArticleInputs in;

    Article(ArticleInputs in) {
        this.in = in;
    }

    ArticleInputs in() {
        return in;
    }

    /** All parameters evenly in the layers, as the article divides them. */
    ModelShape model() {
        ArticleInputs.Shape s = in.model();
        return new ModelShape(
                "LLaMA-2 70B",
                s.layers(),
                s.hidden(),
                s.heads(),
                s.keyValueHeads(),
                s.headSize(),
                s.billionParameters() * GIGA / s.layers(),
                0,
                0,
                s.bytesPerWeight(),
                (int) s.bytesPerWeight(),
                (int) s.bytesPerWeight(),
                s.maxContext());
    }

    Device card(String name) {
        ArticleInputs.Card c = in.card(name);
        return new Device(
                name,
                c.teraflops() * 1e12,
                c.gigabytes() * GIGA,
                c.gigabytesPerSecond() * GIGA,
                c.bothWaysGigabytesPerSecond() / 2 * GIGA,
                in.inference().transferMicroseconds() * MICRO,
                c.usd(),
                in.cost().card4090Watts());
    }

    Device card4090() {
        return card("rtx4090");
    }

    Device h100() {
        return card("h100");
    }

    int cards() {
        return in.inference().cards();
    }

    int balanced() {
        return in.inference().balancedBatch4090();
    }

    /** Every card a stage; over the bus. */
    Estimate pipeline(int batch) {
        return pipeline(card4090().bus(), batch, Counting.article());
    }

    /** Every card a stage; each in a host of its own, joined by {@code link}, batches going round one at a time. */
    Estimate pipeline(Link link, int batch, Counting counting) {
        Pipeline pipeline =
                Pipeline.even(model(), cards(), card4090(), 1, card4090().bus(), link);
        return new CostModel(counting).estimate(pipeline, work(batch, 1, false));
    }

    /** As many batches as stages, so that all of them are busy. */
    Estimate filledPipeline(Link link, int batch) {
        Pipeline pipeline =
                Pipeline.even(model(), cards(), card4090(), 1, card4090().bus(), link);
        return new CostModel(Counting.article()).estimate(pipeline, work(batch, cards(), false));
    }

    /** All cards share each layer over {@code link}; to overlap, another batch is computed while one is exchanged. */
    Estimate tensor(Device card, Link link, int batch, boolean overlap, boolean messageTime) {
        Stage stage = new Stage(card, cards(), link, model().layers());
        Counting a = Counting.article();
        Counting counting = new Counting(
                a.cache(), a.tensorTraffic(), a.returns(), a.everyDeviceSends(), messageTime, a.reservedShare());
        return new CostModel(counting)
                .estimate(Pipeline.over(model(), List.of(stage), link), work(batch, overlap ? BUFFERS : 1, overlap));
    }

    /** The server, each card its own arithmetic and the bus to exchange. */
    Estimate server(Device card, int batch, boolean overlap) {
        return tensor(card, card.bus(), batch, overlap, false);
    }

    /** Home design 3: tensor parallelism within hosts and a pipeline between them. */
    Estimate hybrid(boolean everyCardSends) {
        ArticleInputs.Home home = in.home();
        Counting a = Counting.article();
        Counting counting = new Counting(
                a.cache(), a.tensorTraffic(), a.returns(), everyCardSends, a.messageTime(), a.reservedShare());
        Pipeline pipeline = Pipeline.even(
                model(),
                home.hybridHosts(),
                card4090(),
                cards() / home.hybridHosts(),
                card4090().bus(),
                network("25g", home.hybridGigabits()));
        return new CostModel(counting).estimate(pipeline, work(balanced(), 1, false));
    }

    Link slow() {
        return network("1g", in.inference().slowGigabits());
    }

    Link homePipeline() {
        return network("10g", in.home().pipelineGigabits());
    }

    Link homeTensor() {
        return network("200g", in.home().tensorGigabits());
    }

    private Link network(String name, double gigabits) {
        return Link.gigabits(name, gigabits, in.inference().protocolStackMilliseconds() / 1000);
    }

    private Workload work(int batch, int inFlight, boolean overlap) {
        return new Workload(batch, in.model().maxContext(), inFlight, overlap);
    }

    /** Bytes of a batch between two stages. */
    double activations(int batch) {
        return batch * model().activationBytes();
    }

    /** The same, with 16 KiB taken for 16 kB as the article does. */
    double roundedActivations(int batch) {
        return batch * model().activationBytes() / BYTES_A_KILOBYTE_BINARY * 1000;
    }

    /** KV cache of {@code sequences} sequences of the model's context. */
    double cache(Cache counted, int sequences) {
        CostModel costs = new CostModel(Counting.article().withCache(counted));
        return sequences * costs.cacheBytes(model(), model().layers(), model().maxContext());
    }

    /** As the article counts it when it asks how many cards are needed. */
    double memoryNeeded() {
        return model().weightBytes()
                + in.inference().cacheBatch() * in.inference().articleCacheGigabytesPerPrompt() * GIGA;
    }

    /** The largest batch whose hops leave one prompt its speed, over {@link #slow()}. */
    int slowBatch() {
        return (int) Math.max(0, hopSeconds() * slow().bytesPerSecond() / model().activationBytes());
    }

    /** What the target leaves for a hop. */
    double hopSeconds() {
        double left = 1 / in.inference().targetTokensPerSecond() - pipeline(1).computeSeconds();
        return left / cards();
    }

    Economics economics() {
        return new Economics(in.cost().years(), in.cost().usdPerKilowattHour());
    }

    double watts4090() {
        return cards() * in.cost().card4090Watts() + in.cost().server4090Watts();
    }

    Economics.Hour hour4090() {
        return economics()
                .hour(
                        in.cost().server4090Usd(),
                        watts4090(),
                        in.cost().cabinetUsdPerMonth() / in.cost().server4090PerCabinet() / Economics.HOURS_A_MONTH);
    }

    Economics.Hour hourH100() {
        return economics()
                .hour(
                        in.cost().serverH100Usd(),
                        in.cost().serverH100Watts(),
                        in.cost().cabinetUsdPerMonth() / in.cost().serverH100PerCabinet() / Economics.HOURS_A_MONTH);
    }

    Economics.Hour hourHome() {
        return economics().hour(in.home().clusterUsd(), watts4090(), in.home().hostingUsdPerHour());
    }

    /** Tokens a second of the overlapped server of RTX 4090. */
    double throughput4090() {
        return server(card4090(), balanced(), true).tokensPerSecond();
    }

    /** ... and of the one of H100. */
    double throughputH100() {
        return server(h100(), in.inference().balancedBatchH100(), true).tokensPerSecond();
    }

    double tokensPerUsd4090() {
        return Economics.tokensPerUsd(throughput4090(), hour4090());
    }

    double tokensPerUsdH100() {
        return Economics.tokensPerUsd(throughputH100(), hourH100());
    }

    /** Million tokens for a dollar of the service that the article compares with. */
    double gpt35TokensPerUsdMillions() {
        return 1e-3 / in.cost().gpt35UsdPerThousandTokens();
    }

    /** The article takes the server's throughput for the home cluster too. */
    double tokensPerUsdHome() {
        return Economics.tokensPerUsd(throughput4090(), hourHome());
    }

    double cards4090Usd() {
        return cards() * in.card("rtx4090").usd();
    }

    double home1Usd() {
        ArticleInputs.Home h = in.home();
        return cards4090Usd() + cards() * (h.desktopUsd() + h.pipelineCardUsd()) + h.pipelineSwitchUsd();
    }

    double home2Usd() {
        ArticleInputs.Home h = in.home();
        return cards4090Usd()
                + cards() * (h.desktopUsd() + h.tensorCardUsd() + h.tensorSwitchUsd() / h.tensorSwitchPorts());
    }

    double home3Usd() {
        ArticleInputs.Home h = in.home();
        return cards4090Usd() + h.hybridHosts() * (h.hybridServerUsd() + h.hybridCardUsd());
    }

    Training training() {
        return new Training(model(), in.model().maxContext(), in.training().batch(), 1);
    }

    double layerParameters() {
        return in.training().billionParametersPerLayer() * GIGA;
    }

    Link oneWay(double bothWaysGigabytesPerSecond) {
        return new Link("one way", bothWaysGigabytesPerSecond / 2 * GIGA, 0);
    }

    double[] perCard(ToDoubleFunction<ArticleInputs.Card> value, String... names) {
        return Arrays.stream(names)
                .mapToDouble(n -> value.applyAsDouble(in.card(n)))
                .toArray();
    }
}
