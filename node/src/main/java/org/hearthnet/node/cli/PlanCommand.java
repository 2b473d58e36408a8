package org.hearthnet.node.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearthnet.node.plan.CostModel;
import org.hearthnet.node.plan.Economics;
import org.hearthnet.node.plan.Estimate;
import org.hearthnet.node.plan.ModelShape;
import org.hearthnet.node.plan.Pipeline;
import org.hearthnet.node.plan.Stage;
import org.hearthnet.node.plan.StageEstimate;
import org.hearthnet.node.plan.Workload;
import org.hearthnet.node.plan.catalog.Catalog;
import org.hearthnet.node.plan.search.Fit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth plan}: one configuration, and the commands below it. */
@Command(
        name = "plan",
        description = {
            "How fast a model runs on given machines, what limits it, and what it costs.",
            "Without a command: one configuration, of equal cards in equal hosts or of stages that differ."
        },
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {
            PlanSearchCommand.class,
            PlanArticleCommand.class,
            PlanTrainingCommand.class,
            PlanEarningsCommand.class
        })
final class PlanCommand implements Callable<Integer> {
    private static final double PERCENT = 100;

    @Mixin
    private final PlanOptions options = new PlanOptions();

    @Mixin
    private final PlanLayout layout = new PlanLayout();

    @Option(names = "--batch", defaultValue = "1", description = "Sequences that go together (${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--in-flight", description = "Batches on the way at the same time; as many as stages if not given.")
    private @Nullable Integer inFlight;

    @Option(names = "--overlap", description = "Devices compute one batch while they send another.")
    private boolean overlap;

    @Option(
            names = "--min-speed",
            paramLabel = "TOKENS/S",
            defaultValue = "0",
            description = "What one prompt must get at least: the exit code says whether it does.")
    private double minSpeed;

    @Override
    public Integer call() throws IOException {
        Catalog catalog = options.catalog();
        ModelShape model = options.model(catalog);
        PlanLayout.Machines machines = layout.machines(options, catalog, model);
        Pipeline pipeline = machines.pipeline();
        Workload work = new Workload(
                batch,
                options.context(model),
                inFlight == null ? pipeline.stages().size() : inFlight,
                overlap);
        Estimate estimate = new CostModel(options.counting()).estimate(pipeline, work);
        Economics.Hour hour = options.economics().hour(machines.usd(), machines.watts(), options.hosting());
        options.output()
                .print(
                        json(pipeline, work, estimate, hour, machines),
                        () -> print(pipeline, work, estimate, hour, machines));
        return verdict(pipeline, work, estimate);
    }

    private int verdict(Pipeline pipeline, Workload work, Estimate estimate) {
        if (!estimate.fits()) {
            System.err.println("hearth: " + tooSmall(pipeline, work, estimate));
            return ExitCode.CHECK_FAILED;
        }
        if (estimate.tokensPerSecondOfOne() < minSpeed) {
            System.err.println("hearth: one prompt gets "
                    + PlanText.number(estimate.tokensPerSecondOfOne()) + " tokens/s, less than " + minSpeed
                    + "; what limits it: " + estimate.limit());
            return ExitCode.CHECK_FAILED;
        }
        return ExitCode.DONE;
    }

    private String tooSmall(Pipeline pipeline, Workload work, Estimate estimate) {
        for (int i = 0; i < pipeline.stages().size(); i++) {
            var memory = estimate.stages().get(i).memory();
            Stage stage = pipeline.stages().get(i);
            if (memory.weights() > memory.capacity()) {
                return Fit.refusal(pipeline.model(), stage.device(), pipeline.devices(), options.counting());
            }
            if (!memory.fits()) {
                double room = memory.capacity() - memory.weights();
                int fitting = (int) (work.batch() * room / (memory.needed() - memory.weights()));
                return "stage " + i + " has no room for the caches of " + work.batch() + " sequences in "
                        + work.inFlight() + " batches of " + work.context() + " positions: a --batch of " + fitting
                        + " would fit"
                        + (fitting == 0 ? ", that is none; give a shorter --context or fewer --in-flight" : "");
            }
        }
        throw new IllegalStateException("it fits");
    }

    private static Map<String, Object> json(
            Pipeline pipeline, Workload work, Estimate e, Economics.Hour hour, PlanLayout.Machines machines) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("model", pipeline.model().name());
        out.put("parameters", pipeline.model().parameters());
        out.put("devices", pipeline.devices());
        out.put("batch", work.batch());
        out.put("context", work.context());
        out.put("inFlight", work.inFlight());
        out.put("overlap", work.overlap());
        out.put("fits", e.fits());
        out.put("millisecondsPerToken", e.secondsPerToken() * 1000);
        out.put("computeMilliseconds", e.computeSeconds() * 1000);
        out.put("communicationMilliseconds", e.communicationSeconds() * 1000);
        out.put("tokensPerSecondOfOne", e.tokensPerSecondOfOne());
        out.put("tokensPerSecond", e.tokensPerSecond());
        out.put("utilisation", e.utilisation());
        out.put("limit", e.limit().toString());
        out.put("usd", machines.usd());
        out.put("watts", machines.watts());
        out.put("usdPerHour", hour.total());
        out.put("tokensPerUsd", Economics.tokensPerUsd(e.tokensPerSecond(), hour));
        List<Map<String, Object>> stages = new ArrayList<>();
        for (int i = 0; i < e.stages().size(); i++) {
            stages.add(json(pipeline.stages().get(i), e.stages().get(i)));
        }
        out.put("stages", stages);
        return out;
    }

    private static Map<String, Object> json(Stage stage, StageEstimate e) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("device", stage.device().name());
        out.put("devices", stage.devices());
        out.put("layers", stage.layers());
        out.put("weightGigabytes", e.memory().weights() / 1e9);
        out.put("cacheGigabytes", e.memory().cache() / 1e9);
        out.put("neededGigabytes", e.memory().needed() / 1e9);
        out.put("capacityGigabytes", e.memory().capacity() / 1e9);
        out.put("fits", e.memory().fits());
        out.put("readMilliseconds", e.readSeconds() * 1000);
        out.put("arithmeticMilliseconds", e.arithmeticSeconds() * 1000);
        out.put("exchangeMilliseconds", e.exchangeSeconds() * 1000);
        out.put("sendMilliseconds", e.sendSeconds() * 1000);
        return out;
    }

    private void print(
            Pipeline pipeline, Workload work, Estimate e, Economics.Hour hour, PlanLayout.Machines machines) {
        Output out = options.output();
        ModelShape m = pipeline.model();
        out.line(
                "%s: %s billion parameters, %s GB of weights; batch %d, %d in flight, context %d%s",
                m.name(),
                PlanText.number(m.parameters() / 1e9),
                PlanText.gigabytes(m.weightBytes()),
                work.batch(),
                work.inFlight(),
                work.context(),
                work.overlap() ? ", overlapped" : "");
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < e.stages().size(); i++) {
            rows.add(row(i, pipeline.stages().get(i), e.stages().get(i)));
        }
        out.table(
                List.of(
                        "stage",
                        "devices",
                        "layers",
                        "GB needed",
                        "GB there",
                        "read ms",
                        "compute ms",
                        "exchange ms",
                        "send ms"),
                rows);
        out.line(
                "one prompt    %s tokens/s, %s ms a token",
                PlanText.number(e.tokensPerSecondOfOne()), PlanText.millis(e.secondsPerToken()));
        out.line("all together  %s tokens/s", PlanText.number(e.tokensPerSecond()));
        out.line(
                "limit         %s; arithmetic is used to %s %%%s",
                e.limit(),
                PlanText.number(e.utilisation() * PERCENT),
                e.filled() ? "" : "; more batches in flight would produce more");
        out.line(
                "cost          %s USD, %s W; %s USD an hour, %s M tokens for a dollar",
                PlanText.number(machines.usd()),
                PlanText.number(machines.watts()),
                PlanText.number(hour.total()),
                PlanText.number(Economics.tokensPerUsd(e.tokensPerSecond(), hour) / 1e6));
    }

    private static List<String> row(int index, Stage s, StageEstimate e) {
        return List.of(
                String.valueOf(index),
                (s.devices() > 1 ? s.devices() + " x " : "") + s.device().name(),
                String.valueOf(s.layers()),
                PlanText.gigabytes(e.memory().needed()),
                PlanText.gigabytes(e.memory().capacity()),
                PlanText.millis(e.readSeconds()),
                PlanText.millis(e.arithmeticSeconds()),
                PlanText.millis(e.exchangeSeconds()),
                PlanText.millis(e.sendSeconds()));
    }
}
