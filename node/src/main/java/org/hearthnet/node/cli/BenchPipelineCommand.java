package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.ledger.store.Directories;
import org.hearthnet.node.bench.ring.Namespaces;
import org.hearthnet.node.bench.ring.RingBench;
import org.hearthnet.node.plan.ModelShape;
import org.hearthnet.node.plan.catalog.TensorShapes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth bench pipeline}: a pipeline in network namespaces beside what the cost model predicts. */
@Command(
        name = "pipeline",
        description = {
            "Stages of a model in network namespaces with limited links, each no faster than a device of a given memory",
            "bandwidth: measured tokens a second beside those that the cost model predicts. Needs Linux and root."
        })
final class BenchPipelineCommand implements Callable<Integer> {
    private static final double TOLERANCE_PERCENT = 20;
    private static final int MIN_POSITIONS = 8;
    private static final int MAX_POSITIONS = 1024;
    private static final int MAX_BATCH = 64;

    @Mixin
    private final ModelOption model = new ModelOption();

    @Mixin
    private final Output output = new Output();

    @Option(names = "--stages", defaultValue = "3", description = "Stages, a namespace each (${DEFAULT-VALUE}).")
    private int stages;

    @Option(names = "--megabits", defaultValue = "2", description = "What each may send a second (${DEFAULT-VALUE}).")
    private double megabits;

    @Option(
            names = "--delay-ms",
            defaultValue = "0",
            description = "Delay of each link; needs netem (${DEFAULT-VALUE}).")
    private double delayMs;

    @Option(
            names = "--pass-ms",
            defaultValue = "100",
            description = "What a pass through the largest stage takes on the devices that are stood in for"
                    + " (${DEFAULT-VALUE}); more than it takes here.")
    private double passMs;

    @Option(
            names = "--batches",
            split = ",",
            defaultValue = "1,8",
            description = "Sizes of batches (${DEFAULT-VALUE}).")
    private List<Integer> batches = new ArrayList<>();

    @Option(names = "--tokens", defaultValue = "24", description = "Tokens of each sequence (${DEFAULT-VALUE}).")
    private int tokens;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        ModelShape shape;
        try (GgufFile file = model.open()) {
            shape = TensorShapes.of(model.name(), file);
        }
        int layers = (shape.layers() + stages - 1) / stages;
        double bytes = (layers * shape.layerWeights()) * shape.bytesPerWeight();
        var settings = new RingBench.Settings(
                model.path(),
                shape,
                stages,
                Math.round(megabits * 1000),
                Math.round(delayMs * 1000),
                bytes / (passMs / 1000),
                batches,
                tokens);
        Path logs = Files.createTempDirectory("hearth-bench");
        try {
            RingBench.Result result = run(settings, logs);
            output.print(document(result), () -> print(result));
            return result.comparisons().stream().allMatch(c -> c.apartPercent() < TOLERANCE_PERCENT)
                    ? ExitCode.DONE
                    : ExitCode.CHECK_FAILED;
        } finally {
            Directories.delete(logs);
        }
    }

    private static RingBench.Result run(RingBench.Settings settings, Path logs)
            throws IOException, InterruptedException {
        try {
            return new RingBench(settings).run(logs);
        } catch (IOException e) {
            throw CommandException.unavailable(String.valueOf(e.getMessage()));
        }
    }

    private void check() {
        boolean sane = stages >= 2
                && stages <= Namespaces.MAX_HOSTS
                && megabits > 0
                && delayMs >= 0
                && passMs > 0
                && tokens >= MIN_POSITIONS
                && tokens <= MAX_POSITIONS
                && batches.stream().allMatch(b -> b >= 1 && b <= MAX_BATCH);
        if (!sane) {
            throw CommandException.usage("--stages 2 to " + Namespaces.MAX_HOSTS + ", --batches 1 to " + MAX_BATCH
                    + ", --tokens " + MIN_POSITIONS + " to " + MAX_POSITIONS
                    + ", and rates and times of more than zero");
        }
    }

    private Map<String, Object> document(RingBench.Result r) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("stages", stages);
        out.put("megabits", megabits);
        out.put("passMs", passMs);
        out.put(
                "links",
                List.of(Map.of(
                        "name",
                        r.link().name(),
                        "gigabits",
                        r.link().bytesPerSecond() * 8 / 1e9,
                        "messageMicroseconds",
                        r.link().messageSeconds() * 1e6)));
        List<Map<String, Object>> runs = new ArrayList<>();
        for (RingBench.Comparison c : r.comparisons()) {
            Map<String, Object> run = new LinkedHashMap<>();
            run.put("batch", c.work().batch());
            run.put("inFlight", c.work().inFlight());
            run.put("measuredTokensPerSecond", BenchCommand.rounded(c.measured()));
            run.put("predictedTokensPerSecond", BenchCommand.rounded(c.predicted()));
            run.put("computeMs", BenchCommand.rounded(c.computeSeconds() * 1000));
            run.put("apartPercent", BenchCommand.rounded(c.apartPercent()));
            runs.add(run);
        }
        out.put("runs", runs);
        return out;
    }

    private void print(RingBench.Result r) {
        output.line(
                "link: %s Mbit/s, %s us a message",
                PlanText.number(r.link().bytesPerSecond() * 8 / 1e6),
                PlanText.number(r.link().messageSeconds() * 1e6));
        output.table(
                List.of("batch", "in flight", "measured tokens/s", "predicted tokens/s", "computing here ms", "apart"),
                r.comparisons().stream()
                        .map(c -> List.of(
                                String.valueOf(c.work().batch()),
                                String.valueOf(c.work().inFlight()),
                                PlanText.number(c.measured()),
                                PlanText.number(c.predicted()),
                                PlanText.millis(c.computeSeconds()),
                                PlanText.number(c.apartPercent()) + " %"))
                        .toList());
        if (r.comparisons().stream().anyMatch(c -> c.computeSeconds() * 1000 > passMs / 2)) {
            output.line("Computing here takes more than half of --pass-ms %s: give more, or less is measured.", passMs);
        }
    }
}
