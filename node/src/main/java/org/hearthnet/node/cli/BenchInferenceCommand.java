package org.hearthnet.node.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hearthnet.inference.bench.EngineBench;
import org.hearthnet.inference.bench.MemoryBench;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.ModelConfig;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import org.hearthnet.node.local.ProcessMemory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hearth bench inference}: speed of a whole model. */
@Command(
        name = "inference",
        description =
                "Speed of a whole model: a prompt of 512 tokens, decoding, and the memory that one sequence of 2048 "
                        + "positions takes.")
final class BenchInferenceCommand implements Callable<Integer> {
    private static final int MAX_BATCH = 64;

    @Mixin
    private final BenchOptions options = new BenchOptions();

    @Option(
            names = "--turns",
            description = "Measure once for every line of standard input, 'prefill' or 'decode BATCH', and print the "
                    + "tokens per second: so that two programs can take turns.")
    private boolean turns;

    @Override
    public Integer call() throws IOException {
        try (GgufFile file = options.model().open();
                Kernel kernel = options.backend().open();
                StepProgress progress = BenchCommand.progress()) {
            ModelConfig config = ModelConfig.of(file);
            long start = System.nanoTime();
            StageExecutor engine = StageExecutor.load(
                    file, config.all(), kernel, done -> progress.at("loading", done, config.layers()));
            double load = (System.nanoTime() - start) / 1e9;
            var bench = new EngineBench(engine, new KvBudget(BenchCommand.KV_BYTES));
            if (turns) {
                takeTurns(bench);
                return ExitCode.DONE;
            }
            // Before the caches of many sequences, and before the block that memory is read from.
            bench.fillContext();
            long peak = ProcessMemory.peakBytes(ProcessHandle.current().pid()) / 1_000_000;
            EngineBench.Speeds speeds = run(bench, progress);
            Map<String, Object> out = options.result(kernel);
            out.put("loadSeconds", BenchCommand.rounded(load));
            out.put("prefillTokensPerSecond", BenchCommand.rounded(speeds.prefill()));
            out.put("decodeTokensPerSecond", BenchCommand.rounded(speeds.decode()));
            out.put("decodeTokensPerSecondBatch4", BenchCommand.rounded(speeds.decodeBatch4()));
            out.put("decodeTokensPerSecondBatch16", BenchCommand.rounded(speeds.decodeBatch16()));
            out.put("gigabytesPerSecond", BenchCommand.rounded(speeds.decode() * engine.bytesPerPass() / 1e9));
            out.put("memoryReadGigabytesPerSecond", BenchCommand.rounded(speeds.memoryRead()));
            out.put("fileMegabytes", Files.size(options.model().path()) / 1_000_000);
            out.put("peakResidentMegabytes", peak);
            options.print(out);
            return ExitCode.DONE;
        }
    }

    private EngineBench.Speeds run(EngineBench bench, StepProgress progress) {
        try (MemoryBench memory = new MemoryBench(options.backend().threads())) {
            return bench.run(options.rounds(), memory, progress::at);
        }
    }

    private static void takeTurns(EngineBench bench) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(line.equals("prefill") ? bench.prefill() : bench.decode(batch(line)));
        }
    }

    private static int batch(String line) {
        if (!line.matches("decode [1-9][0-9]?") || Integer.parseInt(line.substring(7)) > MAX_BATCH) {
            throw CommandException.usage(
                    "a line must be 'prefill' or 'decode BATCH' of at most " + MAX_BATCH + ", not '" + line + "'");
        }
        return Integer.parseInt(line.substring(7));
    }
}
