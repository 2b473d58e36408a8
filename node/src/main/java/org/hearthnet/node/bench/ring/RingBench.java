package org.hearthnet.node.bench.ring;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hearthnet.genesis.spec.SpecJson;
import org.hearthnet.node.app.NodeProcess;
import org.hearthnet.node.plan.CostModel;
import org.hearthnet.node.plan.Counting;
import org.hearthnet.node.plan.Device;
import org.hearthnet.node.plan.Estimate;
import org.hearthnet.node.plan.Link;
import org.hearthnet.node.plan.ModelShape;
import org.hearthnet.node.plan.Pipeline;
import org.hearthnet.node.plan.Stage;
import org.hearthnet.node.plan.Workload;

/** Starts a stage in each namespace, has the first drive, and predicts the same with the cost model. */
public final class RingBench {
    /** What a stage's process prints before a result. */
    public static final String RESULT = "RING ";

    private static final String PORT = "4711";
    private static final long PATIENCE_SECONDS = 300;
    private static final double PLENTY = 1e15;

    /**
     * What to measure.
     *
     * @param model a GGUF file
     * @param shape the same for the cost model
     * @param stages namespaces
     * @param kilobits of each link
     * @param delayMicros of each link
     * @param bytesPerSecond of the devices that are stood in for
     * @param batches sizes of batches, each alone and with one a stage in flight
     * @param positions tokens of each sequence
     */
    public record Settings(
            Path model,
            ModelShape shape,
            int stages,
            long kilobits,
            long delayMicros,
            double bytesPerSecond,
            List<Integer> batches,
            int positions) {
        /** Copies the list. */
        public Settings {
            batches = List.copyOf(batches);
        }
    }

    /**
     * One comparison.
     *
     * @param work what went round
     * @param measured tokens a second
     * @param predicted tokens a second
     * @param computeSeconds of a pass of the first stage, without waiting for the device that is stood in for
     */
    public record Comparison(Workload work, double measured, double predicted, double computeSeconds) {
        /** In percent of what was measured. */
        public double apartPercent() {
            return Math.abs(predicted / measured - 1) * 100;
        }
    }

    /**
     * What came out.
     *
     * @param link as the first stage measured it
     * @param comparisons one for each batch and number in flight
     */
    public record Result(Link link, List<Comparison> comparisons) {
        /** Copies the list. */
        public Result {
            comparisons = List.copyOf(comparisons);
        }
    }

    private final Settings settings;
    private final BlockingQueue<String> results = new LinkedBlockingQueue<>();

    /** A bench. */
    public RingBench(Settings settings) {
        this.settings = settings;
    }

    /** Runs it; {@code logs} is an empty directory. */
    public Result run(Path logs) throws IOException, InterruptedException {
        long unique = ProcessHandle.current().pid() % 100_000;
        List<NodeProcess> processes = new ArrayList<>();
        try (Namespaces hosts =
                Namespaces.open(settings.stages(), unique, settings.kilobits(), settings.delayMicros())) {
            try {
                for (int i = settings.stages() - 1; i >= 0; i--) {
                    String name = "stage" + i;
                    processes.add(NodeProcess.start(
                            name, logs.resolve(name + ".log"), hosts.prefix(i), command(i), this::heard));
                }
                return collect(processes, logs);
            } finally {
                for (NodeProcess process : processes) {
                    process.kill();
                }
            }
        }
    }

    private List<String> command(int index) {
        List<Integer> layers = Pipeline.divide(settings.shape(), settings.stages());
        int from = layers.subList(0, index).stream().mapToInt(Integer::intValue).sum();
        int next = (index + 1) % settings.stages();
        List<String> out = new ArrayList<>(List.of(
                "bench",
                "pipeline-stage",
                "--model",
                settings.model().toString(),
                "--index",
                String.valueOf(index),
                "--layers",
                from + "-" + (from + layers.get(index) - 1),
                "--listen",
                listen(index),
                "--next",
                RingNode.address(listen(next), next),
                "--bytes-per-second",
                String.valueOf(settings.bytesPerSecond())));
        if (index == 0) {
            out.addAll(List.of("--positions", String.valueOf(settings.positions())));
            works().forEach(w -> out.addAll(List.of("--run", w.batch() + "x" + w.inFlight())));
        }
        return out;
    }

    private static String listen(int index) {
        return "/ip4/" + Namespaces.address(index) + "/tcp/" + PORT;
    }

    private List<Workload> works() {
        List<Workload> out = new ArrayList<>();
        for (int batch : settings.batches()) {
            for (int inFlight : new int[] {1, settings.stages()}) {
                // A stage hands its bytes to the kernel and goes on: it computes while they are on the way.
                out.add(new Workload(batch, settings.positions(), inFlight, true));
            }
        }
        return out;
    }

    private void heard(String line) {
        if (line.startsWith(RESULT)) {
            results.add(line.substring(RESULT.length()));
        }
    }

    private Result collect(List<NodeProcess> processes, Path logs) throws IOException, InterruptedException {
        JsonNode first = next(processes, logs);
        Link link = new Link(
                "measured",
                first.path("bytesPerSecond").asDouble(),
                first.path("messageSeconds").asDouble());
        List<Comparison> out = new ArrayList<>();
        for (Workload work : works()) {
            JsonNode run = next(processes, logs);
            out.add(new Comparison(
                    work,
                    run.path("tokensPerSecond").asDouble(),
                    predict(link, work).tokensPerSecond(),
                    run.path("computeSeconds").asDouble()));
        }
        return new Result(link, out);
    }

    private JsonNode next(List<NodeProcess> processes, Path logs) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            String line = results.poll(1, TimeUnit.SECONDS);
            if (line != null) {
                return SpecJson.mapper().readTree(line);
            }
            for (NodeProcess process : processes) {
                if (!process.isAlive()) {
                    throw new IOException(process.name() + " ended: "
                            + Files.readString(logs.resolve(process.name() + ".log"))
                                    .strip());
                }
            }
        }
        throw new IOException("no result within " + PATIENCE_SECONDS + " s");
    }

    /** Devices of which only the memory's rate matters, joined by the link that was measured. */
    private Estimate predict(Link link, Workload work) {
        Device device = new Device("stand-in", PLENTY, PLENTY, settings.bytesPerSecond(), PLENTY, 0, 0, 0);
        List<Stage> stages = new ArrayList<>();
        for (int layers : Pipeline.divide(settings.shape(), settings.stages())) {
            stages.add(Stage.of(device, layers));
        }
        Counting counting = Counting.complete().withCache(Counting.Cache.IGNORED);
        return new CostModel(counting).estimate(Pipeline.over(settings.shape(), stages, link), work);
    }
}
