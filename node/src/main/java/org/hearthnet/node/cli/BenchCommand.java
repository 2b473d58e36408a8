package org.hearthnet.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hearthnet.genesis.arithmetic.WeightFormat;
import org.hearthnet.inference.bench.EngineBench;
import org.hearthnet.inference.bench.MemoryBench;
import org.hearthnet.inference.bench.RandomModel;
import org.hearthnet.inference.bench.StageBench;
import org.hearthnet.inference.exec.KvBudget;
import org.hearthnet.inference.exec.ModelConfig;
import org.hearthnet.inference.exec.StageExecutor;
import org.hearthnet.inference.gguf.GgufFile;
import org.hearthnet.inference.kernel.Kernel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hearth bench}: measurements on this machine. */
@Command(name = "bench", description = "Measure this machine.", synopsisSubcommandLabel = "COMMAND")
final class BenchCommand {
    private static final long KV_BYTES = 4L << 30;

    private BenchCommand() {}

    @Command(name = "inference", description = "Speed of a whole model: prompts and decoding.")
    int inference(
            @Mixin ModelOption model,
            @Mixin BackendOptions backend,
            @Option(names = "--rounds", defaultValue = "5", description = "Rounds (${DEFAULT-VALUE}).") int rounds,
            @Mixin Output output)
            throws IOException {
        try (GgufFile file = model.open();
                Kernel kernel = backend.open()) {
            long start = System.nanoTime();
            StageExecutor engine = StageExecutor.load(file, ModelConfig.of(file).all(), kernel);
            double load = (System.nanoTime() - start) / 1e9;
            var speeds =
                    new EngineBench(engine, new KvBudget(KV_BYTES), BenchCommand::progress).run(Math.max(1, rounds));
            double read = MemoryBench.gigabytesPerSecond(backend.threads());
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("model", model.name());
            out.put("backend", kernel.name());
            out.put("threads", backend.threads());
            out.put("loadSeconds", round(load));
            out.put("prefillTokensPerSecond", round(speeds.prefill()));
            out.put("decodeTokensPerSecond", round(speeds.decode()));
            out.put("decodeTokensPerSecondBatch4", round(speeds.decodeBatch4()));
            out.put("decodeTokensPerSecondBatch16", round(speeds.decodeBatch16()));
            out.put("gigabytesPerSecond", round(speeds.decode() * engine.bytesPerPass() / 1e9));
            out.put("memoryReadGigabytesPerSecond", round(read));
            out.put("peakResidentMegabytes", ProcessMemory.peakMegabytes());
            output.print(out, () -> out.forEach((name, value) -> output.line("%-30s %s", name, value)));
            return ExitCode.DONE;
        }
    }

    @Command(name = "verify", description = "Re-verifying a stage against generating it, and the cost of hashing.")
    int verify(
            @Mixin ModelOption model,
            @Mixin BackendOptions backend,
            @Option(names = "--rounds", defaultValue = "5", description = "Rounds (${DEFAULT-VALUE}).") int rounds,
            @Mixin Output output)
            throws IOException {
        try (GgufFile file = model.open();
                Kernel kernel = backend.open()) {
            StageExecutor engine = StageExecutor.load(file, ModelConfig.of(file).all(), kernel);
            var result =
                    new StageBench(engine, new KvBudget(KV_BYTES), BenchCommand::progress).run(Math.max(1, rounds));
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("model", model.name());
            out.put("backend", kernel.name());
            out.put("threads", backend.threads());
            out.put("positions", StageBench.POSITIONS);
            out.put("generateSeconds", round(result.generateSeconds()));
            out.put("verifySeconds", round(result.verifySeconds()));
            out.put("verifyOverGenerate", round(result.verifySeconds() / result.generateSeconds()));
            out.put("hashingShareOfDecode", round(result.hashSeconds() / result.generateSeconds()));
            output.print(out, () -> out.forEach((name, value) -> output.line("%-30s %s", name, value)));
            return ExitCode.DONE;
        }
    }

    @Command(name = "model", description = "Write a GGUF file with random weights at the shape of a known model.")
    int model(
            @Option(names = "--shape", required = true, description = "The shape, such as tinyllama-1.1b.")
                    String shape,
            @Option(names = "--format", defaultValue = "Q8_0", description = "Of the weights (${DEFAULT-VALUE}).")
                    String format,
            @Parameters(paramLabel = "FILE", description = "The file to write.") Path file,
            @Mixin Output output)
            throws IOException {
        WeightFormat weights = WeightFormat.named(format.toUpperCase(Locale.ROOT))
                .orElseThrow(() -> CommandException.usage(
                        "no weight format '" + format + "', there are " + List.of(WeightFormat.values())));
        try {
            RandomModel.shaped(shape, weights).write(file, 1);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
        output.print(
                Map.of("file", file.toString(), "bytes", Files.size(file)),
                () -> output.line("%s: %s in %s, random weights", file, shape, weights));
        return ExitCode.DONE;
    }

    private static void progress(String line) {
        System.err.println("bench: " + line);
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    /** What computes. */
    static final class BackendOptions {
        @Option(names = "--threads", defaultValue = "0", description = "Threads; all processors if not given.")
        private int threads;

        @Mixin
        private final KernelOption backend = new KernelOption();

        int threads() {
            return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        }

        Kernel open() {
            return backend.open(threads());
        }
    }
}
