package org.hearthnet.node.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearthnet.node.plan.Device;
import org.hearthnet.node.plan.Economics;
import org.hearthnet.node.plan.ModelShape;
import org.hearthnet.node.plan.PlanException;
import org.hearthnet.node.plan.Training;
import org.hearthnet.node.plan.catalog.Catalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth plan training}: what training takes, and why not on these cards. */
@Command(
        name = "training",
        description = {
            "What training a model takes on given cards: memory, cards, traffic of gradients, and how far layers can be",
            "divided before the exchange takes longer than computing. See plan article for the article's own figures."
        })
final class PlanTrainingCommand implements Callable<Integer> {
    private static final double BILLION = 1e9;
    private static final double HOURS_A_DAY = 24;
    private static final int CARDS_A_SERVER = 8;

    @Mixin
    private final PlanOptions options = new PlanOptions();

    @Option(
            names = "--batch",
            defaultValue = "8",
            description = "Sequences that a replica computes at once (${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--tensor", defaultValue = "1", description = "Cards that share each layer (${DEFAULT-VALUE}).")
    private int tensor;

    @Option(names = "--tokens", defaultValue = "2e12", description = "Tokens to train on (${DEFAULT-VALUE}).")
    private double tokens;

    @Option(names = "--days", defaultValue = "30", description = "In which it shall be done (${DEFAULT-VALUE}).")
    private double days;

    @Option(
            names = "--utilisation",
            defaultValue = "0.4",
            description =
                    "Part of the arithmetic that is used (${DEFAULT-VALUE}: about what LLaMA-2 70B's 1.7 million GPU"
                            + " hours on A100 come to).")
    private double utilisation;

    @Override
    public Integer call() throws IOException {
        PlanException.positive(tokens, "--tokens");
        PlanException.positive(days, "--days");
        PlanException.require(utilisation > 0 && utilisation <= 1, "--utilisation must be above 0 and at most 1");
        Catalog catalog = options.catalog();
        ModelShape model = options.model(catalog);
        Device device = options.device(catalog, model);
        Training training = new Training(model, options.context(model), batch, tensor);
        Map<String, Object> result = result(training, device);
        options.output().print(result, () -> print(result, training, device));
        return ExitCode.DONE;
    }

    private Map<String, Object> result(Training training, Device device) {
        ModelShape model = training.model();
        Training.Memory memory = training.memory();
        double hours = training.deviceHours(tokens, device, utilisation);
        double perLayer = model.parameters() / model.layers();
        double layerSeconds = training.layerSeconds(perLayer, device);
        double gradientSeconds = 2 * device.bus().seconds(Training.gradientBytes(perLayer));
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("model", model.name());
        out.put("device", device.name());
        out.put("weightGigabytes", memory.weights() / BILLION);
        out.put("gradientGigabytes", memory.gradients() / BILLION);
        out.put("optimizerGigabytes", memory.optimizer() / BILLION);
        out.put("activationGigabytes", memory.activations() / BILLION);
        out.put("totalGigabytes", memory.total() / BILLION);
        out.put("cardsForMemory", memory.devices(device));
        out.put("cardHours", hours);
        out.put("cardsForTime", Math.ceil(hours / (days * HOURS_A_DAY)));
        out.put("yearsOnOneCard", hours / Economics.HOURS_A_YEAR);
        out.put("layerSeconds", layerSeconds);
        out.put("layerGradientGigabytes", Training.gradientBytes(perLayer) / BILLION);
        out.put("layerGradientSeconds", gradientSeconds);
        out.put("gradientsPerComputing", gradientSeconds / layerSeconds);
        out.put("tensorLimit", training.tensorLimit(device, device.bus()));
        out.put("pipelineStages", Math.min(memory.devices(device), model.layers()));
        return out;
    }

    private void print(Map<String, Object> result, Training training, Device device) {
        options.output().line("Training %s on %s", training.model().name(), device.name());
        result.forEach((name, value) -> {
            if (value instanceof Double number) {
                options.output().line("%-24s %s", name, PlanText.number(number));
            }
        });
        options.output().line("");
        double limit = training.tensorLimit(device, device.bus());
        options.output().line("%s", verdict(limit, training.memory().devices(device), device));
    }

    /** The article's argument: few cards can share a layer, so stages are many, and each keeps what the ones after it wait for. */
    private static String verdict(double limit, double cards, Device device) {
        if (cards <= 1) {
            return "It fits on one card: then these cards train well.";
        }
        return limit >= CARDS_A_SERVER
                ? "A server of " + CARDS_A_SERVER
                        + " can share each layer before the exchange takes longer than computing: such"
                        + " cards are made for this."
                : String.format(
                        Locale.ROOT,
                        "Not on %s: at most %.1f cards can share a layer before the exchange takes longer than computing, so"
                                + " memory for %.0f cards means as many stages, and each stage keeps the activations of all"
                                + " batches that are under way behind it.",
                        device.name(),
                        limit,
                        cards);
    }
}
