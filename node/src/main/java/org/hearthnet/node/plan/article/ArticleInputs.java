package org.hearthnet.node.plan.article;

import java.util.Map;
import org.hearthnet.node.plan.PlanException;
import org.hearthnet.node.plan.catalog.PlanJson;

/**
 * What the article takes as given, in its own units; every computed figure follows from these. The names say what they are;
 * the numbers are in {@code inputs.json}.
 */
public record ArticleInputs(
        Map<String, Card> devices,
        Shape model,
        Inference inference,
        Cost cost,
        Home home,
        Chips chips,
        TrainingInputs training) {
    /** A card; bandwidth of the interconnect is of both directions together. */
    public record Card(
            double teraflops,
            double gigabytes,
            double gigabytesPerSecond,
            double bothWaysGigabytesPerSecond,
            double microseconds,
            double usd,
            double usdHigh) {}

    /** The model. */
    public record Shape(
            double billionParameters,
            int layers,
            int hidden,
            int heads,
            int keyValueHeads,
            int headSize,
            double bytesPerWeight,
            int maxContext) {}

    /** Batches, and what transfers take. */
    public record Inference(
            int cards,
            int cacheBatch,
            double articleCacheGigabytesPerPrompt,
            int cacheBatchLarge,
            int promptTokens,
            int pipelineSmallBatch,
            int pipelineLargeBatch,
            int balancedBatch4090,
            int balancedBatchH100,
            double transferMicroseconds,
            double targetTokensPerSecond,
            double protocolStackMilliseconds,
            double slowGigabits) {}

    /** Servers in a data centre. */
    public record Cost(
            double years,
            double usdPerKilowattHour,
            double cabinetUsdPerMonth,
            double server4090Usd,
            double card4090Watts,
            double server4090Watts,
            double server4090PerCabinet,
            double serverH100Usd,
            double serverH100Watts,
            double serverH100PerCabinet,
            double gpt35UsdPerThousandTokens,
            double servers4090) {}

    /** The three designs for the home. */
    public record Home(
            double desktopUsd,
            double pipelineGigabits,
            double pipelineCardUsd,
            double pipelineSwitchUsd,
            double tensorGigabits,
            double tensorCardUsd,
            double tensorSwitchUsd,
            double tensorSwitchPorts,
            double hybridGigabits,
            double hybridCardUsd,
            double hybridServerUsd,
            int hybridHosts,
            double clusterUsd,
            double hostingUsdPerHour) {}

    /** What chips cost to make. */
    public record Chips(
            double h100ModuleUsd,
            double h100PackageUsd,
            double waferUsd,
            double diesPerWafer,
            double h100MemoryUsdPerGigabyte,
            double die4090Usd,
            double memory4090UsdPerGigabyte,
            double pcieUsd,
            double boardUsd,
            double h100Ordered) {}

    /** Training. */
    public record TrainingInputs(
            int batch,
            double a100Hours,
            double monthDays,
            double cluster,
            double billionParametersPerLayer,
            double h800BothWaysGigabytesPerSecond,
            double pcie5BothWaysGigabytesPerSecond,
            double failuresPerCardAndMonth,
            double recoveryMinutes,
            int groups) {}

    /** The article's. */
    public static ArticleInputs published() {
        return parse("inputs.json", PlanJson.bytes(ArticleInputs.class, "inputs.json"));
    }

    /** From JSON in the form of {@code inputs.json}. */
    public static ArticleInputs parse(String name, byte[] json) {
        return PlanJson.parse(name, json, ArticleInputs.class);
    }

    Card card(String name) {
        Card card = devices.get(name);
        if (card == null) {
            throw new PlanException("the inputs have no card " + name);
        }
        return card;
    }
}
